using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Training;

public class StorageTests
{
    [Fact]
    public void SaveLoad_Module_GivesTheSameOutput()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2));
        using var other = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2));
        using var stream = new MemoryStream();
        model.call(rand(2, 1, 5, 5));

        model.save(stream);
        stream.Position = 0;
        other.load(stream);
        model.eval();
        other.eval();

        var x = rand(1, 1, 5, 5);
        Assert.True(model.call(x).equal(other.call(x)));
    }

    [Fact]
    public void Save_Tensor_HasTheDocumentedBytes()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);

        ones(200, 1).transpose(0, 1).Save(writer);

        // float32 is 6 in PyTorch's list of types; 200 is 72 + 1 · 128; 1.0f is 3F800000.
        Assert.Equal([6, 2, 1, 0xC8, 1, 0, 0, 0x80, 0x3F], stream.ToArray()[..9]);
        Assert.Equal(5 + 800, stream.Length);
    }

    [Fact]
    public void Load_OtherShapeOrGarbage_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Conv2d(1, 2, 3);
        using var wider = Conv2d(1, 3, 3);
        using var stream = new MemoryStream();
        model.save(stream);
        stream.Position = 0;

        var error = Assert.Throws<ArgumentException>(() => wider.load(stream));

        Assert.Contains("weight", error.Message, StringComparison.Ordinal);
        using var garbage = new BinaryReader(new MemoryStream([200, 1, 3, 4]));
        Assert.Throws<InvalidDataException>(() => TensorExtensionMethods.Load(garbage));
        using var cut = new BinaryReader(new MemoryStream([6, 1, 4, 0, 0]));
        Assert.Throws<EndOfStreamException>(() => TensorExtensionMethods.Load(cut));
    }
}
