using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class FieldWarpTests
{
    [Theory]
    [InlineData(13, 17, Interpolation.Bilinear, 3)]
    [InlineData(13, 17, Interpolation.Cubic, 3)]
    [InlineData(1, 19, Interpolation.Cubic, 2)]
    [InlineData(7, 1, Interpolation.Bilinear, 2)]
    [InlineData(3, 3, Interpolation.Cubic, 40)]
    internal void Sample_RandomField_EqualsThePlainDefinition(int height, int width, Interpolation interpolation, double size)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] image = Values(random, 2 * height * width, 100), field = Values(random, 2 * height * width, size);
        var (pixels, displacements) = (torch.tensor(image, [2, height, width]), torch.tensor(field, [2, height, width]));

        var sampled = FieldWarp.Sample(pixels, displacements, interpolation).data<float>().ToArray();
        var gathered = FieldWarp.Gathered(pixels, displacements, interpolation).data<float>().ToArray();

        for (var i = 0; i < image.Length; i++)
        {
            var (plane, p) = Math.DivRem(i, height * width);
            var expected = At(image.AsSpan(plane * height * width, height * width), height, width,
                (p / width) + (double)field[p], (p % width) + (double)field[(height * width) + p], interpolation);
            Assert.Equal(expected, sampled[i], 2e-3);
            Assert.Equal(expected, gathered[i], 2e-3);
        }
    }

    [Theory]
    [InlineData(Interpolation.Bilinear)]
    [InlineData(Interpolation.Cubic)]
    internal void Sample_WholePixels_CopiesThem(Interpolation interpolation)
    {
        using var scope = torch.NewDisposeScope();
        var image = Values(new Random(2), 21 * 300, 60_000);
        var field = torch.tensor(new float[] { 2, -3 }, [2, 1, 1]).expand(2, 21, 300);

        var sampled = FieldWarp.Sample(torch.tensor(image, [1, 21, 300]), field, interpolation).data<float>().ToArray();

        for (var i = 0; i < image.Length; i++)
        {
            Assert.Equal(image[(Math.Min((i / 300) + 2, 20) * 300) + Math.Max((i % 300) - 3, 0)], sampled[i]);
        }
    }

    [Fact]
    public void MaskOutside_Field_PutsNaNWhereItLeavesTheImage()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.ones(1, 1, 2, 4);
        var field = torch.tensor(new float[] { 0, 0, -0.1f, 0, 0, 0, 0, 1, -1, 0, 0, 0.5f, 3, 0, 0, 0 }, [2, 2, 4]);

        FieldWarp.MaskOutside(image, field);

        bool[] expected = [true, false, true, true, false, false, false, true];
        Assert.Equal(expected, image.data<float>().ToArray().Select(float.IsNaN));
    }

    [Theory]
    [InlineData(2.3, -4.6, Interpolation.Cubic)]
    [InlineData(-0.5, 0, Interpolation.Bilinear)]
    [InlineData(100, 3, Interpolation.Cubic)]
    internal void Shift_OnTheCpu_EqualsThePlainDefinition(double y, double x, Interpolation interpolation)
    {
        using var scope = torch.NewDisposeScope();
        var image = Values(new Random(3), 300 * 11, 100);

        var shifted = Resampler.Shift(torch.tensor(image, [1, 300, 11]), new Displacement(0, y, x), interpolation).data<float>().ToArray();

        for (var i = 0; i < image.Length; i++)
        {
            Assert.Equal(At(image, 300, 11, (i / 11) + y, (i % 11) + x, interpolation), shifted[i], 1e-3);
        }
    }

    private static float[] Values(Random random, int count, double size) => [.. Enumerable.Range(0, count).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];

    // Keys' cubic convolution with a = −1/2, or a triangle, over all pixels near, those beyond the faces being the nearest.
    private static double At(ReadOnlySpan<float> image, int height, int width, double y, double x, Interpolation interpolation)
    {
        double Kernel(double d) => interpolation == Interpolation.Bilinear
            ? Math.Max(0, 1 - Math.Abs(d))
            : Math.Abs(d) switch
            {
                < 1 => (1.5 * Math.Pow(Math.Abs(d), 3)) - (2.5 * d * d) + 1,
                < 2 => (-0.5 * Math.Pow(Math.Abs(d), 3)) + (2.5 * d * d) - (4 * Math.Abs(d)) + 2,
                _ => 0,
            };
        var sum = 0.0;
        for (var j = (int)Math.Floor(y) - 2; j <= Math.Floor(y) + 3; j++)
        {
            for (var i = (int)Math.Floor(x) - 2; i <= Math.Floor(x) + 3; i++)
            {
                sum += Kernel(y - j) * Kernel(x - i) * image[(Math.Clamp(j, 0, height - 1) * width) + Math.Clamp(i, 0, width - 1)];
            }
        }

        return sum;
    }
}
