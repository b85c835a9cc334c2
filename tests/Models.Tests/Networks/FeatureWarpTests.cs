using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public sealed class FeatureWarpTests
{
    [Theory]
    [InlineData(7, 11)]
    [InlineData(1, 5)]
    [InlineData(4, 1)]
    public void Sample_AnyFlow_IsBilinearWithTheNearestPixelBeyond(int height, int width)
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        float[] Random(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => (float)(scale * (random.NextDouble() - 0.5)))];
        var (image, flow) = (Random(2 * 3 * height * width, 1), Random(2 * 2 * height * width, 8));
        var got = FeatureWarp.Sample(tensor(image, [2, 3, height, width]), tensor(flow, [2, 2, height, width])).data<float>().ToArray();
        var pixels = height * width;
        for (var i = 0; i < got.Length; i++)
        {
            var (n, p) = (i / (3 * pixels), i % pixels);
            var y = Math.Clamp((p / width) + (double)flow[(2 * n * pixels) + p], 0, height - 1);
            var x = Math.Clamp((p % width) + (double)flow[(((2 * n) + 1) * pixels) + p], 0, width - 1);
            double At(double row, double column) => image[(i / pixels * pixels) + ((int)Math.Min(row, height - 1) * width) + (int)Math.Min(column, width - 1)];
            var (top, left) = (Math.Floor(y), Math.Floor(x));
            var (v, u) = (y - top, x - left);
            var expected = ((1 - v) * (((1 - u) * At(top, left)) + (u * At(top, left + 1)))) + (v * (((1 - u) * At(top + 1, left)) + (u * At(top + 1, left + 1))));
            Assert.Equal(expected, got[i], 1e-5);
        }
    }

    [Fact]
    public void Inside_Flow_TellsWhatStaysInTheImage()
    {
        using var scope = NewDisposeScope();
        var flow = zeros(1, 2, 4, 6);
        flow.select(1, 1).fill_(2.5f);
        flow.select(1, 0).fill_(-1f);
        var got = FeatureWarp.Inside(flow).data<float>().ToArray();
        for (var i = 0; i < got.Length; i++)
        {
            Assert.Equal(i / 6 >= 1 && i % 6 <= 2 ? 1 : 0, got[i]);
        }
    }

    [Fact]
    public void Sample_Gradients_AreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var random = new Random(2);
        double[] Random(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * (random.NextDouble() - 0.5))];
        var image = tensor(Random(5 * 6, 1), [1, 1, 5, 6]);
        var values = Random(2 * 5 * 6, 0.7);
        var weights = tensor(Random(5 * 6, 1), [1, 1, 5, 6]);
        double Value(double[] flow) => FeatureWarp.Sample(image, tensor(flow, [1, 2, 5, 6])).mul(weights).sum().item<double>();
        var flow = tensor(values, [1, 2, 5, 6]);
        flow.requires_grad = true;
        FeatureWarp.Sample(image, flow).mul(weights).sum().backward();
        var got = flow.grad!.data<double>().ToArray();
        for (var i = 0; i < values.Length; i += 7)
        {
            const double h = 1e-6;
            var (up, down) = ((double[])values.Clone(), (double[])values.Clone());
            (up[i], down[i]) = (up[i] + h, down[i] - h);
            Assert.Equal((Value(up) - Value(down)) / (2 * h), got[i], 1e-6);
        }
    }
}
