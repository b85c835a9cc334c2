using System.Numerics;

namespace InferenceBridge.Imaging.Tests.Metrics;

public class FourierShellCorrelationTests
{
    private static readonly Calibration Anisotropic = new() { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.25, Unit = "µm" };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(31)]
    public void Line_AnyLength_EqualsTheSum(int count)
    {
        var values = Enumerable.Range(0, count).Select(i => new Complex(Math.Sin(i * i), Math.Cos(3 * i))).ToArray();

        var result = FourierTransform.Line(values, -1);

        for (var k = 0; k < count; k++)
        {
            var expected = values.Select((value, n) => value * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / count))
                .Aggregate(Complex.Zero, (sum, term) => sum + term);
            Assert.True((expected - result[k]).Magnitude < 1e-9, $"{k}: {result[k]}; expected: {expected}.");
        }
    }

    [Fact]
    public void Compute_WithItself_IsOneUpToTheLateralNyquistFrequency()
    {
        var volume = Noise(1, 6, 10, 12);

        var curve = FourierShellCorrelation.Compute(volume, volume);

        // The longest axis is z: 6 × 0.25 µm; shells of 1/1.5 per µm up to 5 per µm.
        Assert.Equal(7, curve.Frequencies.Count);
        Assert.Equal(1 / 1.5, curve.Frequencies[0], 1e-12);
        Assert.All(curve.Correlations, value => Assert.Equal(1, value, 1e-9));
        Assert.Null(curve.Resolution(0.5));
    }

    [Fact]
    public void Compute_GainOffsetAndInversion_ChangeOnlyTheSign()
    {
        var values = Noise(1, 5, 9, 11).ToSingles();
        var (plain, turned) = (Volume(values, 5, 9, 11), Volume([.. values.Select(value => 40 - (3 * value))], 5, 9, 11));

        Assert.All(FourierShellCorrelation.Compute(plain, turned).Correlations, value => Assert.Equal(-1, value, 1e-5));
    }

    [Fact]
    public void Compute_IndependentNoise_IsNearZero()
    {
        var curve = FourierShellCorrelation.Compute(Noise(1, 16, 32, 32), Noise(2, 16, 32, 32));

        Assert.All(curve.Correlations.Skip(4), value => Assert.True(Math.Abs(value) < 0.3, $"{value}"));
    }

    [Fact]
    public void Resolution_SharedLowFrequenciesOnly_IsTheirPeriod()
    {
        // Both hold the same wave of 8 voxels along x; one also holds a wave of 4 voxels, and the other that wave inverted.
        float[] Waves(int sign) => [.. Enumerable.Range(0, 4 * 32 * 32).Select(i =>
            (float)(Math.Cos(2 * Math.PI * (i % 32) / 8) + (sign * Math.Cos(2 * Math.PI * (i % 32) / 4))))];

        var curve = FourierShellCorrelation.Compute(Volume(Waves(1), 4, 32, 32), Volume(Waves(-1), 4, 32, 32));

        // Shells are 1/3.2 per µm wide; the waves have 1.25 and 2.5 per µm, shells 4 and 8.
        Assert.Equal(1, curve.Correlations[3], 1e-6);
        Assert.Equal(-1, curve.Correlations[7], 1e-6);
    }

    [Fact]
    public void Resolution_FallBetweenShells_IsInterpolated() =>
        Assert.Equal(1 / 2.25, new FourierShellCorrelation([1, 2, 3], [0.9, 0.6, 0.2]).Resolution(0.5)!.Value, 1e-12);

    [Fact]
    public void Compute_NaN_IsRefusedWithItsPlace()
    {
        var values = Noise(1, 3, 4, 5).ToSingles();
        values[(1 * 20) + (2 * 5) + 3] = float.NaN;

        var error = Assert.Throws<InferenceException>(() => FourierShellCorrelation.Compute(Noise(1, 3, 4, 5), Volume(values, 3, 4, 5)));

        Assert.Equal(InferenceError.ValueNotFinite, error.Error);
        Assert.Contains("plane 1, row 2, column 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_OtherSizes_AreRefused() => Assert.Equal(InferenceError.ShapeMismatch,
        Assert.Throws<InferenceException>(() => FourierShellCorrelation.Compute(Noise(1, 3, 4, 5), Noise(1, 3, 5, 4))).Error);

    private static MemoryVolume Noise(int seed, int depth, int height, int width)
    {
        var state = (ulong)seed * 0x9E3779B97F4A7C15;
        return Volume([.. Enumerable.Range(0, depth * height * width).Select(_ =>
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (float)((state >> 40) / (double)(1 << 24));
        })], depth, height, width);
    }

    private static MemoryVolume Volume(float[] values, int depth, int height, int width) =>
        MemoryVolume.FromSingles(values, new VolumeShape(depth, height, width), Anisotropic);
}
