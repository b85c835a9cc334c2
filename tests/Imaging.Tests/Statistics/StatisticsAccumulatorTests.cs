namespace InferenceBridge.Imaging.Tests;

public class StatisticsAccumulatorTests
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, ReferenceData.Values.Statistics.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ToStatistics_ReferenceValues_EqualsNumPy(int index)
    {
        var expected = ReferenceData.Values.Statistics[index];
        var accumulator = new StatisticsAccumulator();
        accumulator.Add(Array.ConvertAll(ReferenceData.Noise(9, expected.Count, 60000), value => (float)value));

        var actual = accumulator.ToStatistics();

        Assert.Equal((expected.Minimum, expected.Maximum), (actual.Minimum, actual.Maximum));
        Assert.Equal(expected.Mean, actual.Mean, 1e-8);
        Assert.Equal(expected.StandardDeviation, actual.StandardDeviation, 1e-8);
        Assert.Null(actual.NoiseStandardDeviation);
    }

    [Fact]
    public void Merge_AnySplit_EqualsWhole()
    {
        var values = Array.ConvertAll(ReferenceData.Noise(1, 5000, 9999), value => (float)value);
        var (whole, left, right) = (new StatisticsAccumulator(), new StatisticsAccumulator(), new StatisticsAccumulator());
        whole.Add(values);
        left.Add(values.AsSpan(0, 17));
        right.Add(values.AsSpan(17));
        left.Merge(right);
        left.Merge(new StatisticsAccumulator());

        Assert.Equal(whole.Count, left.Count);
        Assert.Equal(whole.ToStatistics().Mean, left.ToStatistics().Mean, 1e-9);
        Assert.Equal(whole.ToStatistics().StandardDeviation, left.ToStatistics().StandardDeviation, 1e-9);
    }

    [Fact]
    public void Add_SmallSpreadOnLargeLevel_KeepsPrecision()
    {
        // 8 388 608 ± 1: the naive mean of squares less square of the mean would lose the spread in float32.
        var values = Enumerable.Range(0, 100_000).Select(i => 8388608f + (i % 2 == 0 ? 1 : -1)).ToArray();
        var accumulator = new StatisticsAccumulator();
        accumulator.Add(values);

        Assert.Equal(1, accumulator.ToStatistics().StandardDeviation, 1e-9);
    }

    [Fact]
    public void Add_NotFinite_IsLeftOutAndCounted()
    {
        var accumulator = new StatisticsAccumulator();
        accumulator.Add([float.NaN, 3, float.PositiveInfinity, 5, float.NegativeInfinity]);

        Assert.Equal((2, 3), (accumulator.Count, accumulator.NonFiniteCount));
        Assert.Equal(new IntensityStatistics(3, 5, 4, 1), accumulator.ToStatistics());
    }

    [Fact]
    public void ToStatistics_Nothing_IsZero() =>
        Assert.Equal(new IntensityStatistics(0, 0, 0, 0, 2.5), new StatisticsAccumulator().ToStatistics(2.5));

    [Fact]
    public void Compute_Volume_HasNoise()
    {
        var (volume, _) = ReferenceData.Pair(new VolumeShape(3, 20, 20), PixelType.UInt16);

        var actual = VolumeStatistics.Compute(volume, estimateNoise: true, TestContext.Current.CancellationToken);

        Assert.Equal(volume.ToSingles().Max(), actual.Maximum);
        Assert.True(actual.NoiseStandardDeviation > 0);
    }
}
