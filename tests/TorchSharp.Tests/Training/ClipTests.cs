using InferenceBridge.TorchSharp.Tests.Layers;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests.Training;

public class ClipTests
{
    [Fact]
    public void ClipGradNorm_LargeGradients_AreScaledAsInPyTorch()
    {
        using var scope = NewDisposeScope();
        using var a = nn.Parameter(Fixed.Ramp(3));
        using var b = nn.Parameter(Fixed.Ramp(2));
        using var without = nn.Parameter(ones(2));
        ((a.square().sum() * 2) + (b.sum() * 3)).backward();

        var norm = nn.utils.clip_grad_norm_([a, b, without], 1.5);

        Assert.Equal(5.8973897291799435, norm, 1e-12);
        Numbers.Equal([0, 1.008918882256625, -0.25998728633912166], a.grad!, 1e-12);
        Numbers.Equal([0.7630493224290302, 0.7630493224290302], b.grad!, 1e-12);
        Assert.Equal(1.5, nn.utils.clip_grad_norm_([a, b], 100), 1e-6);
        Numbers.Equal([0.7630493224290302, 0.7630493224290302], b.grad!, 1e-12);
        Assert.Equal(1.008918882256625, nn.utils.clip_grad_norm_([a, b], 100, double.PositiveInfinity), 1e-12);
    }

    [Fact]
    public void ClipGradValue_LargeElements_AreClamped()
    {
        using var scope = NewDisposeScope();
        using var a = nn.Parameter(tensor([3.0, -0.25]));
        a.square().sum().backward();

        nn.utils.clip_grad_value_([a], 2);

        Numbers.Equal([2, -0.5], a.grad!);
    }
}
