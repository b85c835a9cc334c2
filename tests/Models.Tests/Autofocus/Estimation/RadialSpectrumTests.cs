using System.Numerics;
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
        var spectra = shape.Of([.. Enumerable.Range(0, height * width).Select(_ => (float)(500 + (3 * random.NextGaussian())))]);
        foreach (var first in new[] { 0, SpectralBins.Count })
        {
            Assert.Equal(9, spectra[(first + 20)..(first + SpectralBins.Count)].Average(), 0.5);

            // Five deviations of rings that hold as many values as the shape says.
            Assert.All(Enumerable.Range(first + 10, 86), ring => Assert.InRange(spectra[ring], 9 * (1 - (5 / Math.Sqrt(shape.Independent[ring]))), 9 * (1 + (5 / Math.Sqrt(shape.Independent[ring])))));
        }
    }

    [Fact]
    public void Of_WhiteNoise_ScattersInBothSpectraTogetherAsStated()
    {
        // Where rings are wider than what the window blurs.
        const int side = 320, planes = 30;
        var shape = new RadialSpectrum(side, side);
        var (products, squares) = (0.0, (Windowed: 0.0, Periodic: 0.0));
        for (var i = 0; i < planes; i++)
        {
            var random = new SeededRandom(5, (ulong)i);
            var spectra = shape.Of([.. Enumerable.Range(0, side * side).Select(_ => (float)random.NextGaussian())]);
            foreach (var ring in Enumerable.Range(60, SpectralBins.Count - 60))
            {
                var (windowed, periodic) = (spectra[ring] - 1, spectra[SpectralBins.Count + ring] - 1);
                (products, squares) = (products + (windowed * periodic), (squares.Windowed + (windowed * windowed), squares.Periodic + (periodic * periodic)));
            }
        }

        Assert.Equal(RadialSpectrum.NoiseCorrelation, products / Math.Sqrt(squares.Windowed * squares.Periodic), 0.1);
    }

    [Theory]
    [InlineData(0.06)]
    [InlineData(0.3)]
    public void Of_Wave_LiesInItsRing(double frequency)
    {
        // At 37 degrees to the rows.
        var spectra = new RadialSpectrum(200, 256).Of([.. Enumerable.Range(0, 200 * 256).Select(i => (float)Math.Sin(2 * Math.PI * frequency * ((0.8 * (i % 256)) + (0.6 * (i / 256)))))]);
        foreach (var spectrum in spectra.Chunk(SpectralBins.Count))
        {
            var ring = Array.IndexOf(spectrum, spectrum.Max());
            Assert.InRange(frequency, SpectralBins.Edges[ring] - 0.004, SpectralBins.Edges[ring + 1] + 0.004);
        }
    }

    [Theory]
    [InlineData(7, 10)]
    [InlineData(10, 7)]
    [InlineData(5, 13)]
    public void Of_SmallPlane_AgreesWithADirectTransform(int height, int width)
    {
        float[] plane = [.. Enumerable.Range(0, height * width).Select(i => (float)(Math.Sin(1.7 * i) + (i % 5)))];
        double Window(int i, int length) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length));
        double[] window = [.. plane.Select((_, i) => Window(i / width, height) * Window(i % width, width))];
        var (windowedMean, mean) = (plane.Zip(window, (p, w) => p * w).Sum() / window.Sum(), plane.Average());
        double Jump(int i) => (i / width == 0 ? plane[i + ((height - 1) * width)] - plane[i] : i / width == height - 1 ? plane[i % width] - plane[i] : 0)
            + (i % width == 0 ? plane[i + width - 1] - plane[i] : i % width == width - 1 ? plane[i - width + 1] - plane[i] : 0);
        var (sums, counts) = (new double[2, 97], new int[2, 97]);
        for (var k = 0; k < height * width; k++)
        {
            var (ky, kx) = (k / width, k % width);
            var (windowed, periodic) = (Complex.Zero, Complex.Zero);
            for (var i = 0; i < plane.Length; i++)
            {
                var turn = Complex.FromPolarCoordinates(1, -2 * Math.PI * (((double)ky * (i / width) / height) + ((double)kx * (i % width) / width)));
                var smooth = k == 0 ? 0 : Jump(i) / ((2 * Math.Cos(2 * Math.PI * ky / height)) + (2 * Math.Cos(2 * Math.PI * kx / width)) - 4);
                windowed += (plane[i] - windowedMean) * window[i] * turn;
                periodic += (plane[i] - mean - smooth) * turn;
            }

            var (fy, fx) = (Math.Min(ky, height - ky), Math.Min(kx, width - kx));
            var ring = SpectralBins.Of(Math.Sqrt(Math.Pow((double)fy / height, 2) + Math.Pow((double)fx / width, 2)));
            Add(0, windowed);
            if (Math.Min(fy, fx) >= 2)
            {
                Add(1, periodic);
            }

            void Add(int kind, Complex value)
            {
                sums[kind, ring] += (value * Complex.Conjugate(value)).Real;
                counts[kind, ring]++;
            }
        }

        var found = new RadialSpectrum(height, width).Of(plane);
        double[] squares = [window.Sum(w => w * w), height * width];
        for (var i = 0; i < found.Length; i++)
        {
            var (kind, ring) = (i / 96, i % 96);
            Assert.True(double.IsFinite(found[i]));
            if (counts[kind, ring] > 0)
            {
                Assert.Equal(sums[kind, ring] / counts[kind, ring] / squares[kind], found[i], 1e-4);
            }
        }
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
