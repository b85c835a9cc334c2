using System.Text.Json;

namespace InferenceBridge.Models.Tests;

/// <summary>Metrics against those that numpy and scipy give in float64 (Peers/make_focus_values.py).</summary>
public class PlaneMetricsTests
{
    private static readonly JsonElement Cases =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "focus_values.json"))).RootElement.GetProperty("cases");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Measure_AwkwardShapes_FrameAsReference(int number)
    {
        var (metrics, plane, expected) = Read(Cases[number]);
        Near(expected.Doubles("frame"), metrics.Measure(plane)!, $"case {number}");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Measure_AwkwardShapes_TilesAsReference(int number)
    {
        var (metrics, plane, expected) = Read(Cases[number]);
        metrics.Measure(plane);
        var tiles = expected.GetProperty("tiles").EnumerateArray().Select(tile => tile.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
        Assert.Equal(tiles.Length * FocusMetrics.All.Count, metrics.Tiles.Count);
        for (var i = 0; i < tiles.Length; i++)
        {
            Near(tiles[i], [.. metrics.Tiles.Skip(i * FocusMetrics.All.Count).Take(FocusMetrics.All.Count)], $"case {number}, tile {i}");
        }
    }

    [Fact]
    public void Measure_TwicePlane_SameScoresAndSecondPlaneForItself()
    {
        var metrics = Metrics(61, 83, 32);
        var plane = Plane(61, 83, 0, null);
        var first = metrics.Measure(plane)!;
        metrics.Measure([.. plane.Select((value, i) => i % 5 == 0 ? value : 3)]);
        Assert.Equal(first, metrics.Measure(plane));
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(0.01)]
    [InlineData(1000.0)]
    [InlineData(1e33)]
    [InlineData(1e-30)]
    public void Measure_BrighterByAFactor_SameScores(double factor)
    {
        var plane = Plane(64, 96, 0, null);
        Near(Metrics(64, 96, 64).Measure(plane)!, Metrics(64, 96, 64).Measure([.. plane.Select(value => (float)(factor * value))])!, "brighter");
    }

    [Fact]
    public void Measure_OffsetTakenOffAsBackground_SameScores()
    {
        var plane = Plane(64, 96, 0, null);
        var raised = new PlaneMetrics(new TileGrid(64, 96, 64), new SpectralBands(null), 500, normalises: true);
        Near(Metrics(64, 96, 64).Measure(plane)!, raised.Measure([.. plane.Select(value => value + 500)])!, "raised");
    }

    [Theory]
    [InlineData(1, 1, 7f)]
    [InlineData(1, 50, 0f)]
    [InlineData(50, 1, 65535f)]
    [InlineData(53, 71, 65535f)]
    public void Measure_ConstantPlane_IsNull(int height, int width, float value)
    {
        var metrics = Metrics(height, width, 32);
        Assert.Null(metrics.Measure(Enumerable.Repeat(value, height * width).ToArray()));
        Assert.All(metrics.Tiles, tile => Assert.Equal(0, tile));
    }

    [Fact]
    public void Measure_OneHotPixelInEvenPlane_VarianceExact()
    {
        // 65535 beside 100: what float32 sums of squares around a wrong centre would lose.
        var plane = Enumerable.Range(0, 300 * 200).Select(i => 100f + (i % 2)).ToArray();
        plane[12_345] = 65535;
        var mean = plane.Average(value => (double)value);
        var expected = plane.Average(value => (value - mean) * (value - mean)) / (mean * mean);
        Assert.Equal(expected, Metrics(300, 200, 64).Measure(plane)![(int)FocusMetric.NormalisedVariance], 1e-5 * expected);
    }

    [Fact]
    public void Measure_NoiseAlone_SpectralMetricsFindNothing()
    {
        var random = new Random(5);
        var plane = Enumerable.Range(0, 512 * 256).Select(_ => (float)(1000 + (30 * Gaussian(random)))).ToArray();
        var values = Metrics(512, 256, 64).Measure(plane)!;
        Assert.InRange(values[(int)FocusMetric.SpectralEntropy], 0, 0.2);

        // The share of a white spectrum's power in the band would be 0.19 of the variance.
        Assert.InRange(values[(int)FocusMetric.MidbandPower], 0, 0.01 * values[(int)FocusMetric.NormalisedVariance]);
        Assert.InRange(values[(int)FocusMetric.VollathF4], -0.02 * values[(int)FocusMetric.NormalisedVariance], 0.02 * values[(int)FocusMetric.NormalisedVariance]);
    }

    [Fact]
    public void Measure_BlurredMoreAndMore_EveryMetricFalls()
    {
        var random = new Random(6);
        var sharp = Enumerable.Range(0, 128 * 128).Select(i => random.NextDouble() < 0.01 ? 5000f : 200f).ToArray();
        double[]? last = null;
        foreach (var passes in new[] { 1, 3, 8, 20 })
        {
            var values = Metrics(128, 128, 64).Measure(Blurred(sharp, passes))!;
            for (var metric = 0; metric < values.Length && last is not null; metric++)
            {
                Assert.True(values[metric] < last[metric], $"{FocusMetrics.All[metric]} rose to {values[metric]} from {last[metric]} after {passes} passes.");
            }

            last = values;
        }
    }

    private static float[] Blurred(float[] plane, int passes)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            plane = [.. plane.Select((value, i) => (plane[(i + plane.Length - 1) % plane.Length] + (2 * value) + plane[(i + 1) % plane.Length]) / 4)];
            plane = [.. plane.Select((value, i) => (plane[(i + plane.Length - 128) % plane.Length] + (2 * value) + plane[(i + 128) % plane.Length]) / 4)];
        }

        return plane;
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static PlaneMetrics Metrics(int height, int width, int tile) => new(new TileGrid(height, width, tile), new SpectralBands(null), 0, normalises: true);

    private static (PlaneMetrics Metrics, float[] Plane, JsonElement Expected) Read(JsonElement given)
    {
        double? Optional(string name) => given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        var (height, width) = (given.GetProperty("shape")[0].GetInt32(), given.GetProperty("shape")[1].GetInt32());
        var normalises = !given.TryGetProperty("normalise", out var flag) || flag.GetBoolean();
        var grid = new TileGrid(height, width, (int)(Optional("tile") ?? 64));
        Assert.Equal([grid.Rows, grid.Columns], given.GetProperty("map").EnumerateArray().Select(value => value.GetInt32()));
        var metrics = new PlaneMetrics(grid, new SpectralBands(Optional("cutoff")), Optional("background") ?? 0, normalises);
        return (metrics, Plane(height, width, (int)(Optional("offset") ?? 0), (int?)Optional("top")), given);
    }

    private static float[] Plane(int height, int width, int offset, int? top) =>
    [
        .. Enumerable.Range(0, height * width).Select(i => (Y: i / width, X: i % width))
            .Select(at => (((7 * at.Y * at.Y) + (13 * at.X) + (5 * at.X * at.Y)) % 251) + (40 * (((at.Y / 9) + (at.X / 11)) % 3)) + offset)
            .Select(value => (float)Math.Min(value, top ?? int.MaxValue)),
    ];

    // Sums in float32 over stretches of a row; the spectral ones in float32 throughout.
    private static void Near(double[] expected, double[] actual, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = (i >= (int)FocusMetric.SpectralEntropy ? 2e-4 : 2e-5) * Math.Abs(expected[i]);
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Math.Max(tolerance, 1e-12), $"{FocusMetrics.All[i]} of {what} is {actual[i]:g9}; expected: {expected[i]:g9}.");
        }
    }
}
