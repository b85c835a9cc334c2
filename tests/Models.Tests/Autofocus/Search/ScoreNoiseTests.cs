namespace InferenceBridge.Models.Tests;

public class ScoreNoiseTests
{
    private const int Height = 96;
    private const int Width = 131;

    [Theory]
    [InlineData(nameof(FocusMetric.Brenner))]
    [InlineData(nameof(FocusMetric.Tenengrad))]
    [InlineData(nameof(FocusMetric.VarianceOfLaplacian))]
    [InlineData(nameof(FocusMetric.NormalisedVariance))]
    [InlineData(nameof(FocusMetric.VollathF4))]
    [InlineData(nameof(FocusMetric.MidbandPower))]
    public void Deviation_WhiteNoise_IsWhatScoresScatterBy(string name)
    {
        var metric = Enum.Parse<FocusMetric>(name);
        var (noise, metrics) = (new Noise(11), Metrics());
        List<double> scores = [], told = [];
        for (var frame = 0; frame < 150; frame++)
        {
            var plane = Plane((_, _) => 200 + (15 * noise.Normal()));
            var values = metrics.Measure(plane)!;
            scores.Add(values[(int)metric]);
            told.Add(ScoreNoise.Deviation(metric, plane, Width, values[(int)FocusMetric.NormalisedVariance]));
        }

        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));

        // The band's share of the noise depends on the optics, so that its factor is an upper one.
        Assert.InRange(told.Average() / deviation, 0.8, metric == FocusMetric.MidbandPower ? 4 : 1.25);
    }

    [Fact]
    public void Deviation_EntropyOrASinglePixel_IsNotKnown()
    {
        Assert.Equal(double.NaN, ScoreNoise.Deviation(FocusMetric.SpectralEntropy, Plane((y, x) => y * x), Width, 0.1));
        Assert.Equal(double.NaN, ScoreNoise.Deviation(FocusMetric.VollathF4, [5f], 1, 0.1));
        Assert.Equal(double.NaN, ScoreNoise.Deviation(FocusMetric.VollathF4, Plane((_, _) => 7), Width, 0));
    }

    [Fact]
    public void EdgesOfVollath_CellAtAnEdge_LeavesTheDifferencesOfItsDifferences()
    {
        // Bright where rows and columns begin, dark where they end, as where a cell lies across a corner; far out of focus.
        var plane = Plane((y, x) => 100 + (900 * Math.Exp(-((x * x) + (y * y)) / 8000.0)));
        var values = Metrics().Measure(plane)!;
        var variance = values[(int)FocusMetric.NormalisedVariance];

        var rest = values[(int)FocusMetric.VollathF4] - ScoreNoise.EdgesOfVollath(plane, Width, variance);

        Assert.Equal(Differences(plane), rest, 1e-3 * Differences(plane));
        Assert.True(Math.Abs(ScoreNoise.EdgesOfVollath(plane, Width, variance)) > Math.Abs(rest), "The frame has no edges to speak of.");
    }

    [Fact]
    public void EdgesOfVollath_SmallOrConstantPlane_AddsNothing()
    {
        Assert.Equal(0, ScoreNoise.EdgesOfVollath([1f, 2f, 3f, 4f], 2, 0.1));
        Assert.Equal(0, ScoreNoise.EdgesOfVollath(Plane((_, _) => 3), Width, 0));
    }

    // Half of the mean of (h(x) - h(x+2))² - (h(x) - h(x+1))², over the squared brightness: what F4 is but for its edges.
    private static double Differences(float[] plane)
    {
        double At(int y, int x) => plane[(y * Width) + x];
        var (sum, pairs, brightness) = (0.0, 0L, plane.Average(value => (double)value));
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (x + 2 < Width)
                {
                    sum += Math.Pow(At(y, x) - At(y, x + 2), 2) - Math.Pow(At(y, x) - At(y, x + 1), 2);
                    pairs++;
                }

                if (y + 2 < Height)
                {
                    sum += Math.Pow(At(y, x) - At(y + 2, x), 2) - Math.Pow(At(y, x) - At(y + 1, x), 2);
                    pairs++;
                }
            }
        }

        return sum / 2 / pairs / (brightness * brightness);
    }

    private static PlaneMetrics Metrics() => new(new TileGrid(Height, Width, 64), new SpectralBands(null), 0, true);

    private static float[] Plane(Func<int, int, double> value) => [.. Enumerable.Range(0, Height * Width).Select(i => (float)value(i / Width, i % Width))];
}
