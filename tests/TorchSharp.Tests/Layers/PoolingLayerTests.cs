using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

public class PoolingLayerTests
{
    [Fact]
    public void Pooling_Layers_MatchHandWork()
    {
        using var scope = NewDisposeScope();
        var x = arange(16, float64).reshape(1, 1, 4, 4);

        Numbers.Equal([5, 7, 13, 15], MaxPool2d(2).call(x));
        Numbers.Equal([5, 6, 7, 9, 10, 11, 13, 14, 15], MaxPool2d((2, 2), stride: (1, 1)).call(x));
        Numbers.Equal([5, 7, 13, 15], MaxPool2d(2).forward_with_indices(x).Indices);
        Numbers.Equal([2.5, 4.5, 10.5, 12.5], AvgPool2d(2).call(x));
        Numbers.Equal([0, 0.75, 0.75, 3, 7.5, 4.5, 3, 6.75, 3.75], AvgPool2d((2, 2), padding: (1, 1)).call(x));
        Numbers.Equal([1, 5], AvgPool2d([1, 2], [1, 2], divisor_override: 1).call(x[.., .., ..1]));
        Numbers.Equal([7.5], AdaptiveAvgPool2d(1).call(x));
        Assert.Equal([1, 1, 3, 2], AdaptiveAvgPool2d((3, 2)).call(x).shape);
        Assert.True(functional.avg_pool2d(x, 2).equal(AvgPool2d(2).call(x)));
        Assert.True(functional.max_pool2d(x, 2).equal(MaxPool2d(2).call(x)));
    }

    [Fact]
    public void PixelShuffle_Channels_BecomeBlocks()
    {
        using var scope = NewDisposeScope();
        var x = arange(8, float64).reshape(1, 4, 1, 2);

        var y = PixelShuffle(2).call(x);

        Numbers.Equal([0, 2, 1, 3, 4, 6, 5, 7], y);
        Assert.Equal([1, 1, 2, 4], y.shape);
        Assert.True(PixelUnshuffle(2).call(y).equal(x));
    }

    [Fact]
    public void Upsample_Bilinear_MatchesHandWork()
    {
        using var scope = NewDisposeScope();
        var x = tensor([0.0, 2.0, 4.0, 6.0]).reshape(1, 1, 2, 2);

        var corners = Upsample(size: [3, 3], mode: UpsampleMode.Bilinear, align_corners: true).call(x);
        var centres = Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false).call(x);

        Numbers.Equal([0, 1, 2, 2, 3, 4, 4, 5, 6], corners);
        Numbers.Equal([0, 0.5, 1.5, 2], centres[0, 0, 0]);
        Numbers.Equal([0, 0, 2, 2], Upsample(scale_factor: [2]).call(x)[0, 0, 0]);
    }
}
