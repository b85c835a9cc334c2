using System.Buffers.Binary;
using System.Text;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Packages;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Write_ThenRead_GivesTheSameTensorsAndTexts()
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["a.weight"] = tensor([1.5f, -2, 3, 4, 5, 6.25f], [2, 3]),
            ["b"] = tensor(new long[] { 7, -8 }),
            ["half"] = tensor([0.5f, 1.5f, -3]).to_type(ScalarType.Float16),
            ["empty"] = empty([0, 4], ScalarType.Float32),
            ["scalar"] = tensor(2.5f),
            ["flag"] = tensor([true, false, true]),
        };

        SafetensorsFile.Write(_path, tensors, new Dictionary<string, string> { ["commit"] = "abc" });
        var read = SafetensorsFile.Read(_path, out var metadata);

        Assert.Equal("abc", Assert.Single(metadata).Value);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        Assert.All(tensors, pair =>
        {
            Assert.Equal(pair.Value.dtype, read[pair.Key].dtype);
            Assert.Equal(pair.Value.shape, read[pair.Key].shape);
            Assert.True(pair.Value.equal(read[pair.Key]), pair.Key);
        });
        Assert.False(File.Exists(_path + ".writing"));
    }

    [Fact]
    public void Write_Always_AlignsTheElements()
    {
        using var one = tensor([1f]);
        SafetensorsFile.Write(_path, new Dictionary<string, Tensor> { ["odd name"] = one });
        var bytes = File.ReadAllBytes(_path);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(bytes.Length - 4)));
    }

    [Fact]
    public void Read_FileOfTheFormatsOwnExample_IsUnderstood()
    {
        Make("""{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""", [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]);
        using var tensor = SafetensorsFile.Read(_path)["test"];
        Assert.Equal([1, 2, 3, 4], tensor.data<int>().ToArray());
        Assert.Equal([2, 2], tensor.shape);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "3 bytes behind its header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "5 bytes behind its header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "do not fit each other")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", 4, "do not fit each other")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "at byte 4, where the one before ends at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "at byte 2, where the one before ends at 4")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", 4, "type \"Q4\"")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "not safetensors'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}}""", 4, "not safetensors'")]
    [InlineData("[1]", 0, "not safetensors'")]
    [InlineData("{", 0, "not safetensors'")]
    public void Read_CorruptHeader_SaysWhatIsWrong(string header, int dataBytes, string reason)
    {
        Make(header, new byte[dataBytes]);
        var refusal = Assert.Throws<InferenceException>(() => SafetensorsFile.Read(_path));
        Assert.Equal(InferenceError.FileFormatInvalid, refusal.Error);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001ul)]
    [InlineData(9ul)]
    public void Read_HeaderLongerThanTheFile_IsRefused(ulong length)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(_path, bytes);
        Assert.Contains($"a header of {length} bytes", Assert.Throws<InferenceException>(() => SafetensorsFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedOrMissing_IsRefused()
    {
        Assert.Equal(InferenceError.FileUnreadable, Assert.Throws<InferenceException>(() => SafetensorsFile.Read(_path)).Error);
        File.WriteAllBytes(_path, [1, 2, 3]);
        Assert.Equal(InferenceError.FileFormatInvalid, Assert.Throws<InferenceException>(() => SafetensorsFile.Read(_path)).Error);
    }

    private void Make(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(_path, [.. length, .. json, .. data]);
    }
}
