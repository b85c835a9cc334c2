using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public sealed class RadialSpectrumTests
{
    [Theory]
    [InlineData(128, 128)]
    [InlineData(131, 190)]
    public void Of_WhiteNoise_IsItsVarianceEverywhere(int height, int width)
    {
        var random = new SeededRandom(4);
        var shape = new RadialSpectrum(height, width);
        var spectrum = shape.Of([.. Enumerable.Range(0, height * width).Select(_ => (float)(500 + (3 * random.NextGaussian())))]);
        Assert.Equal(9, spectrum[20..].Average(), 0.5);

        // Five deviations of rings that hold as many values as the shape says.
        Assert.All(Enumerable.Range(10, 86), ring => Assert.InRange(spectrum[ring], 9 * (1 - (5 / Math.Sqrt(shape.Independent[ring]))), 9 * (1 + (5 / Math.Sqrt(shape.Independent[ring])))));
    }

    [Theory]
    [InlineData(0.06)]
    [InlineData(0.3)]
    public void Of_Wave_LiesInItsRing(double frequency)
    {
        var spectrum = new RadialSpectrum(200, 256).Of([.. Enumerable.Range(0, 200 * 256).Select(i => (float)Math.Sin(2 * Math.PI * frequency * (i % 256)))]);
        var ring = Array.IndexOf(spectrum, spectrum.Max());
        Assert.InRange(frequency, SpectralBins.Edges[ring] - 0.004, SpectralBins.Edges[ring + 1] + 0.004);
    }

    [Fact]
    public void Of_SmallPlane_AgreesWithADirectTransform()
    {
        const int height = 7, width = 10;
        float[] plane = [.. Enumerable.Range(0, height * width).Select(i => (float)(Math.Sin(1.7 * i) + (i % 5)))];
        double Window(int i, int length) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 1) / (length + 1)));
        double[] window = [.. plane.Select((_, i) => Window(i / width, height) * Window(i % width, width))];
        var mean = plane.Zip(window, (p, w) => p * w).Sum() / window.Sum();
        var (sums, counts) = (new double[97], new int[97]);
        for (var k = 0; k < height * width; k++)
        {
            var (ky, kx) = (k / width, k % width);
            var (re, im) = (0.0, 0.0);
            for (var i = 0; i < plane.Length; i++)
            {
                var angle = 2 * Math.PI * (((double)ky * (i / width) / height) + ((double)kx * (i % width) / width));
                re += (plane[i] - mean) * window[i] * Math.Cos(angle);
                im += (plane[i] - mean) * window[i] * Math.Sin(angle);
            }

            var (fy, fx) = ((double)Math.Min(ky, height - ky) / height, (double)Math.Min(kx, width - kx) / width);
            var ring = SpectralBins.Of(Math.Sqrt((fy * fy) + (fx * fx)));
            sums[ring] += (re * re) + (im * im);
            counts[ring]++;
        }

        var found = new RadialSpectrum(height, width).Of(plane);
        var squares = window.Sum(w => w * w);
        for (var ring = 0; ring < 96; ring++)
        {
            if (counts[ring] > 0)
            {
                Assert.Equal(sums[ring] / counts[ring] / squares, found[ring], 1e-4);
            }
        }

        Assert.All(found, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Features_NoiseOrNothing_AreEmpty_StructureIsNot()
    {
        var shape = new RadialSpectrum(160, 160);
        SpectralFeatures Of(Func<int, double> pixel) =>
            SpectralFeatures.Of(shape.Of([.. Enumerable.Range(0, 160 * 160).Select(i => (float)pixel(i))]), shape.Independent, shape.Lowest);
        var random = new SeededRandom(9);
        Assert.True(Of(_ => 0).IsEmpty);
        Assert.True(Of(_ => 65_535).IsEmpty);
        Assert.True(Of(_ => 100 + random.NextGaussian()).IsEmpty);

        // Uneven light over a field without structure is none.
        Assert.True(Of(i => 100 + (20 * Math.Sin(i / 160 / 60.0)) + random.NextGaussian()).IsEmpty);
        var phantom = SharpPhantom.Create(1, 160, 2).Light;
        Assert.False(Of(i => (100 * phantom[i]) + random.NextGaussian()).IsEmpty);
    }
}
