using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class MetricsOperationTests
{
    private const string Id = "autofocus/metrics";

    [Fact]
    public void Run_Stack_ScoresEveryFrameAndMapsItsTiles()
    {
        var run = new MovieRun(Id, ("metric", "brenner"), ("tile_size", 32L));
        var movie = Movie(70, 100, i => [.. Enumerable.Range(0, 7000).Select(p => (float)(1000 + (100 * i * (p / 2 % 2))))]);
        var map = run.Run(movie);
        Assert.Equal(new VolumeShape(3, 7, 1, 2, 3), map.Info.Shape);
        Assert.Equal([1, 0, 0], run.Numbers.Select(numbers => numbers["empty"]));
        Assert.All(run.Numbers, numbers => Assert.Equal(numbers["brenner"], numbers["score"]));
        Assert.Equal(0, run.Numbers[0]["score"]);
        Assert.True(run.Numbers[2]["tenengrad"] > run.Numbers[1]["tenengrad"]);
        Assert.Equal(["brenner", "midband_power", "normalised_variance", "spectral_entropy", "tenengrad", "variance_of_laplacian", "vollath_f4"],
            run.Numbers[2].Keys.Except(["empty", "score", "saturated_share"]).Order());
    }

    [Theory]
    [InlineData(PixelType.UInt16, 65535, 1.0)]
    [InlineData(PixelType.UInt8, 255, 1.0)]
    [InlineData(PixelType.UInt16, 4095, 1.0)]
    [InlineData(PixelType.Float32, 4095, 0.0)]
    public void Share_PixelsAtTheTop_IsToldForIntegers(PixelType type, int top, double expected)
    {
        // A ramp cut off at a fifth below its end.
        var plane = Enumerable.Range(0, 5000).Select(i => Math.Min(top, (float)Math.Round(top * i / 4000.0))).ToArray();
        Assert.Equal(expected * 0.2, Saturation.Share(plane, type), 0.002);
    }

    [Fact]
    public void Share_BrightestPixelsAreFew_IsZero() =>
        Assert.Equal(0, Saturation.Share([.. Enumerable.Range(0, 5000).Select(i => (float)(i % 200))], PixelType.UInt8));

    [Theory]
    [InlineData("na", 0.9)]
    [InlineData("wavelength", 520.0)]
    public void Plan_HalfOfTheOptics_IsRefused(string name, double value)
    {
        var fault = Assert.Throws<InferenceException>(() => new MovieRun(Id, (name, value)).Plan(new VolumeShape(3, 1, 1, 64, 64)));
        Assert.Equal(InferenceError.ParameterOutOfRange, fault.Error);
        Assert.Contains("both, or neither", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OpticsWithoutPixelSize_IsRefusedByName()
    {
        var fault = Assert.Throws<InferenceException>(() => new MovieRun(Id, ("na", 0.9), ("wavelength", 520.0)).Plan(new VolumeShape(3, 1, 1, 64, 64)));
        Assert.Contains("pixel size", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CutoffOf_KnownOptics_IsTwoNaOverWavelength() => Assert.Equal(0.25, SpectralBands.CutoffOf(0.5, 500, 0.125), 1e-12);

    [Fact]
    public void Run_Mitochondria_EveryMetricPicksThePlaneNextToTheStatedOne()
    {
        var folder = RealData.Require("autofocus/mitochondria");
        var files = Directory.GetFiles(folder, "Abs*.tif").Order(StringComparer.Ordinal).ToArray();
        var planes = files.Select(path =>
        {
            using var file = VolumeFile.OpenRead(path);
            var plane = new float[file.Info.Shape.PlaneElementCount];
            file.ReadPlane(0, plane);
            return plane;
        }).ToArray();
        var run = new MovieRun(Id);
        run.Run(MemoryVolume.FromSingles([.. planes.SelectMany(plane => plane)], new VolumeShape(planes.Length, 1, 1, 800, 512)));
        foreach (var metric in FocusMetrics.All.Select(metric => metric.Name()))
        {
            var best = Enumerable.Range(0, files.Length).MaxBy(i => run.Numbers[i][metric]);
            Assert.EndsWith("Abs0050.tif", files[best], StringComparison.Ordinal);

            // z of focus: 0.05 µm · (51 − 32) from the first plane.
            var peak = FocusCurve.Find([.. run.Numbers.Select((numbers, i) => new FocusPoint(0.05 * i, numbers[metric]))]);
            Assert.Equal(FocusPeakKind.Inside, peak.Kind);
            Assert.Equal(0.95, peak.Z, 0.05);
        }
    }

    private static MemoryVolume Movie(int height, int width, Func<int, float[]> frame) =>
        MemoryVolume.FromSingles([.. Enumerable.Range(0, 3).SelectMany(frame)], new VolumeShape(3, 1, 1, height, width));
}
