using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace InferenceBridge.TorchSharp.Tests;

public class ConvolutionTests
{
    [Fact]
    public void Conv2d_StridePaddingDilation_MatchesLoops()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(1, 2, 3, 8, 7);
        var w = Numbers.RandomTensor(2, 4, 3, 3, 2);
        var b = Numbers.RandomTensor(3, 4);

        var y = F.conv2d(x, w, b, strides: [2, 1], padding: [1, 2], dilation: [1, 2]);

        Assert.Equal([2, 4, 4, 9], y.shape);
        var (xd, wd, bd, yd) = (x.data<double>(), w.data<double>(), b.data<double>(), y.data<double>());
        for (var n = 0; n < 2; n++)
        {
            for (var o = 0; o < 4; o++)
            {
                for (var i = 0; i < 4; i++)
                {
                    for (var j = 0; j < 9; j++)
                    {
                        Assert.Equal(bd[o] + Window(n, o, (i * 2) - 1, j - 2), yd[n, o, i, j], 12);
                    }
                }
            }
        }

        double Window(int n, int o, int top, int left)
        {
            double sum = 0;
            for (var c = 0; c < 3; c++)
            {
                for (var u = 0; u < 3; u++)
                {
                    for (var v = 0; v < 2; v++)
                    {
                        var (row, column) = (top + u, left + (2 * v));
                        if (row is >= 0 and < 8 && column is >= 0 and < 7)
                        {
                            sum += xd[n, c, row, column] * wd[o, c, u, v];
                        }
                    }
                }
            }

            return sum;
        }
    }

    [Fact]
    public void Conv3d_Delta_GivesTheFlippedKernel()
    {
        using var scope = NewDisposeScope();
        var x = zeros([1, 1, 5, 5, 5], float64);
        x[0, 0, 2, 2].select(0, 2).fill_(1);
        var w = Numbers.RandomTensor(5, 1, 1, 3, 3, 3);

        var y = F.conv3d(x, w, padding: [1, 1, 1]);

        Assert.True(y[0, 0, 1..4, 1..4, 1..4].equal(w[0, 0].flip(0, 1, 2)));
        Assert.Equal(w.sum().ToDouble(), y.sum().ToDouble(), 12);
    }

    [Fact]
    public void ConvTranspose3d_IsTheAdjointOfConv3d()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(1, 1, 2, 4, 5, 6);
        var w = Numbers.RandomTensor(2, 3, 2, 2, 3, 2);
        var y = F.conv3d(x, w, strides: [2, 1, 2]);
        var z = Numbers.RandomTensor(3, y.shape);

        var back = F.conv_transpose3d(z, w, strides: [2, 1, 2]);

        Assert.Equal(x.shape, back.shape);
        Assert.Equal((y * z).sum().ToDouble(), (x * back).sum().ToDouble(), 10);
    }

    [Fact]
    public void Conv1d_Groups_KeepsChannelsApart()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } });
        var w = tensor(new double[,,] { { { 1, -1 } }, { { 2, 0 } } });

        Numbers.Equal([-1, -1, 8, 10], F.conv1d(x, w, groups: 2));
    }

    [Fact]
    public void Pooling_Square_MatchesHandWork()
    {
        using var scope = NewDisposeScope();
        var x = arange(16, float64).reshape(1, 1, 4, 4);

        Numbers.Equal([2.5, 4.5, 10.5, 12.5], F.avg_pool2d(x, [2, 2]));
        Numbers.Equal([5, 7, 13, 15], F.max_pool2d(x, [2, 2]));
        Numbers.Equal([7.5], F.adaptive_avg_pool2d(x, 1));
        Numbers.Equal([5, 6, 7, 9, 10, 11, 13, 14, 15], F.max_pool2d(x, [2, 2], [1, 1]));
        Numbers.Equal([0.25 * (1 + 4 + 5)], F.avg_pool2d(x[.., .., 0..2, 0..2], [2, 2]));
        Numbers.Equal([7.5], F.avg_pool3d(x, [1, 4, 4]));
        Numbers.Equal([15], F.max_pool3d(x, [1, 4, 4]));
    }

    [Theory]
    [InlineData(PaddingModes.Constant, new double[] { 9, 9, 1, 2, 3, 9 })]
    [InlineData(PaddingModes.Zeros, new double[] { 0, 0, 1, 2, 3, 0 })]
    [InlineData(PaddingModes.Reflect, new double[] { 3, 2, 1, 2, 3, 2 })]
    [InlineData(PaddingModes.Replicate, new double[] { 1, 1, 1, 2, 3, 3 })]
    [InlineData(PaddingModes.Circular, new double[] { 2, 3, 1, 2, 3, 1 })]
    public void Pad_Row_FillsTheBorderByMode(PaddingModes mode, double[] expected)
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2, 3]).reshape(1, 1, 3);

        Numbers.Equal(expected, F.pad(x, (2, 1), mode, 9));
    }

    [Fact]
    public void Pad_ThreeAxes_TakesTheLastFirst()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 2, 3, 4);

        Assert.Equal([1, 1, 2 + 11, 3 + 7, 4 + 3], F.pad(x, [1, 2, 3, 4, 5, 6]).shape);
        Assert.Equal([1, 1, 4, 5, 6], F.pad(x, [1, 1, 1, 1, 1, 1], PaddingModes.Replicate).shape);
        Assert.Equal([1, 1, 1, 1, 2], F.pad(x, [-1, -1, -1, -1, -1, 0]).shape);
    }

    [Fact]
    public void UnfoldFold_Patches_CountOverlaps()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 3, 3);
        var patches = F.unfold(x, 2);

        Assert.Equal([1, 4, 4], patches.shape);
        Numbers.Equal([1, 2, 1, 2, 4, 2, 1, 2, 1], F.fold(patches, (3, 3), (2, 2)));
    }

    [Fact]
    public void Interpolate_Modes_MatchHandWork()
    {
        using var scope = NewDisposeScope();
        var x = tensor([0.0, 2.0]).reshape(1, 1, 2);

        Numbers.Equal([0, 0, 2, 2], F.interpolate(x, scale_factor: [2]));
        Numbers.Equal([0, 1, 2], F.interpolate(x, size: [3], mode: InterpolationMode.Linear, align_corners: true));
        Numbers.Equal([0, 0.5, 1.5, 2], F.interpolate(x, size: [4], mode: InterpolationMode.Linear));
        Assert.Equal([1, 1, 4, 6], F.interpolate(ones(1, 1, 2, 3), scale_factor: [2], mode: InterpolationMode.Bicubic).shape);
        Assert.Equal([1, 1, 4, 6, 8], F.interpolate(ones(1, 1, 2, 3, 4), scale_factor: [2, 2, 2], mode: InterpolationMode.Trilinear).shape);
        Assert.Throws<ArgumentException>(() => F.interpolate(x));
    }

    [Fact]
    public void GridSample_ShiftedGrid_InterpolatesBetweenPixels()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[,,,] { { { { 1, 2, 4 } } } });
        var grid = tensor(new double[,,,] { { { { -1, 0 }, { -0.5, 0 }, { 0.5, 0 }, { 2, 0 } } } });

        Numbers.Equal([1, 1.5, 3, 0], F.grid_sample(x, grid, align_corners: true));
        Numbers.Equal([1, 1.5, 3, 4], F.grid_sample(x, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: true));
        Numbers.Equal([1, 1.5, 3, 2], F.grid_sample(x, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: true));
    }
}
