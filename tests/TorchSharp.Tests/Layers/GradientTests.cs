using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

/// <summary>Gradients of layers beside central differences, in double precision.</summary>
public class GradientTests
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-7;

    [Theory]
    [InlineData("conv2d", new long[] { 2, 2, 4, 3 })]
    [InlineData("conv2d-reflect", new long[] { 1, 2, 4, 3 })]
    [InlineData("conv2d-replicate", new long[] { 1, 2, 4, 3 })]
    [InlineData("depthwise", new long[] { 1, 3, 4, 4 })]
    [InlineData("conv1d", new long[] { 2, 2, 5 })]
    [InlineData("conv3d", new long[] { 1, 1, 3, 3, 3 })]
    [InlineData("transpose", new long[] { 1, 2, 3, 2 })]
    [InlineData("linear", new long[] { 3, 4 })]
    [InlineData("batchnorm", new long[] { 2, 2, 2, 3 })]
    [InlineData("groupnorm", new long[] { 1, 4, 2, 2 })]
    [InlineData("instancenorm", new long[] { 2, 2, 2, 3 })]
    [InlineData("layernorm", new long[] { 2, 2, 3 })]
    [InlineData("prelu", new long[] { 1, 2, 3 })]
    [InlineData("activations", new long[] { 2, 3 })]
    [InlineData("resampling", new long[] { 1, 4, 4, 4 })]
    public void Backward_Layer_MatchesDifferences(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = Make(name);
        if (layer.parameters().Any())
        {
            Fixed.Fill(layer);
        }

        var x = Fixed.Ramp(shape).requires_grad_();
        var y = layer.call(x);
        var weights = (Fixed.Ramp(y.shape) * 1.3).cos();
        (y * weights).sum().backward();

        foreach (var (tensor, label) in layer.named_parameters().Select(entry => ((Tensor)entry.parameter, entry.name)).Append((x, "input")))
        {
            Numbers.Equal(Differences(tensor, () => (layer.call(x) * weights).sum().ToDouble()), tensor.grad!, Tolerance);
            Assert.True(tensor.grad!.abs().max().ToDouble() > 0, label);
        }
    }

    private static double[] Differences(Tensor tensor, Func<double> value)
    {
        using var grad = no_grad();
        var flat = tensor.view(-1);
        var result = new double[flat.numel()];
        for (var i = 0; i < result.Length; i++)
        {
            using var scope = NewDisposeScope();
            var element = flat[i];
            element.add_(Step);
            var above = value();
            element.sub_(2 * Step);
            result[i] = (above - value()) / (2 * Step);
            element.add_(Step);
        }

        return result;
    }

    private static nn.Module<Tensor, Tensor> Make(string name) => name switch
    {
        "conv2d" => Conv2d(2, 3, (3, 2), stride: (2, 1), padding: (1, 1)),
        "conv2d-reflect" => Conv2d(2, 2, 3, padding: 1, padding_mode: PaddingModes.Reflect),
        "conv2d-replicate" => Conv2d(2, 2, 3, padding: 2, padding_mode: PaddingModes.Replicate),
        "depthwise" => Sequential(Conv2d(3, 3, 3, padding: 1, groups: 3), Conv2d(3, 2, 1)),
        "conv1d" => Conv1d(2, 2, 3, padding: 1),
        "conv3d" => Conv3d(1, 2, 2),
        "transpose" => ConvTranspose2d(2, 2, 3, stride: 2, padding: 1, output_padding: 1),
        "linear" => Linear(4, 2),
        "batchnorm" => BatchNorm2d(2),
        "groupnorm" => GroupNorm(2, 4),
        "instancenorm" => InstanceNorm2d(2, affine: true),
        "layernorm" => LayerNorm([2, 3]),
        "prelu" => PReLU(2),
        "activations" => Sequential(SiLU(), GELU(), Tanh(), Sigmoid(), Hardswish(), LeakyReLU(), Softplus(), LogSoftmax(1)),
        "resampling" => Sequential(PixelShuffle(2), AvgPool2d(2), Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
