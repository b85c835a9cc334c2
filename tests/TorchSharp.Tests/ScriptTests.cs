using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class ScriptTests
{
    private const string Source = """
        def scale(x, factor: float):
            return x * factor

        def parts(x):
            return x.min(), x.max()

        def pieces(x):
            return x.split(1)

        def count(x):
            return x.numel()

        def total(xs: List[Tensor], label: Optional[str] = None):
            result = xs[0]
            for x in xs[1:]:
                result = result + x
            return result

        """;

    [Fact]
    public void Compile_Functions_TakeAndGiveEveryKind()
    {
        using var scope = NewDisposeScope();
        using var unit = jit.compile(Source);
        var x = tensor([1.0, 2.0, 4.0]);

        Numbers.Equal([0.5, 1, 2], unit.invoke<Tensor>("scale", x, 0.5));
        var (low, high) = unit.invoke<(Tensor, Tensor)>("parts", x);
        Assert.Equal((1, 4), (low.ToDouble(), high.ToDouble()));
        Assert.Equal(3, unit.invoke<Tensor[]>("pieces", x).Length);
        Assert.Equal(3, unit.invoke<Scalar>("count", x).ToInt32());
        Numbers.Equal([2, 4, 8], unit.invoke<Tensor>("total", new[] { x, x }, "label"));
    }

    [Fact]
    public void Compile_SyntaxError_CarriesTheMessage()
    {
        var error = Assert.Throws<ExternalException>(() => jit.compile("def f(x):\n    return y\n"));

        Assert.Contains("undefined value y", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_UnknownFunction_NamesIt()
    {
        using var unit = jit.compile(Source);

        Assert.Contains("'nothing'", Assert.Throws<ExternalException>(() => unit.invoke("nothing")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_Throws() => Assert.Throws<FileNotFoundException>(() => jit.load("no-such-file.pt"));

    [Fact]
    public void Load_NotAModule_Throws()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "not a module");

        Assert.Throws<ExternalException>(() => jit.load(path));

        File.Delete(path);
    }

    [Fact]
    public void Forward_PublishedNetwork_ReproducesItsTestOutput()
    {
        var folder = RealData.Require("models/unet2d_nuclei_broad");
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        using var network = jit.load(Path.Combine(folder, "weights.pt"));
        network.eval();
        var expected = Npy(Path.Combine(folder, "test_output.npy"));

        var output = ((Tensor)network.forward(Standardised(Npy(Path.Combine(folder, "test_input.npy")), [2, 3]))).sigmoid();

        Assert.False(network.training);
        Assert.NotEmpty(network.named_parameters());
        Assert.Equal(expected.shape, output.shape);
        Assert.InRange((output - expected).abs().max().ToDouble(), 0, 1e-4);
    }

    [Fact]
    public void Forward_TwoInputsAndOutputs_ReproducesItsTestOutputs()
    {
        var folder = RealData.Require("models/unet2d_multi_tensor");
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        using var network = jit.load<Tensor, Tensor, Tensor[]>(Path.Combine(folder, "weights_torchscript_traced.pt"));
        var inputs = Enumerable.Range(0, 2).Select(i => Standardised(Npy(Path.Combine(folder, $"test_input_{i}.npy")), [1, 2, 3])).ToList();

        var outputs = network.forward(inputs[0], inputs[1]);

        Assert.InRange((outputs[0] - Npy(Path.Combine(folder, "test_output_0.npy"))).abs().max().ToDouble(), 0, 1e-4);
        Assert.InRange((outputs[1] - Npy(Path.Combine(folder, "test_output_1.npy"))).abs().max().ToDouble(), 0, 1e-4);
    }

    // The bioimage.io preprocessing "zero_mean_unit_variance".
    private static Tensor Standardised(Tensor x, long[] axes) =>
        (x - x.mean(axes, keepdim: true)) / (x.std(axes, unbiased: false, keepdim: true) + 1e-6);

    private static Tensor Npy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var headerLength = BitConverter.ToUInt16(bytes, 8);
        var header = System.Text.Encoding.ASCII.GetString(bytes, 10, headerLength);
        Assert.Contains("'<f4'", header, StringComparison.Ordinal);
        var shape = header[(header.IndexOf('(', StringComparison.Ordinal) + 1)..header.IndexOf(')', StringComparison.Ordinal)];
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + headerLength)).ToArray();
        return tensor(values, [.. shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse)]);
    }
}
