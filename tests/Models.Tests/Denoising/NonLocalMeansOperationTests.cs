using System.Text.Json;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class NonLocalMeansOperationTests
{
    private const double Tolerance = 1e-5;

    // Images of whole numbers and a round h give distances of just 5, where rounding decides whether a pair counts.
    private const double H = 39.7;

    // What lines instead of an exponential, and sums that end early, make of the peer's weights; its images are 100 to 363.
    private const double PeerTolerance = 0.02;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reference_AsScikitImage_GivesItsValues(int number)
    {
        var peer = PeerValues.Case("nlm", number);

        var result = ReferenceFor(peer) with { AsScikitImage = true };

        Near.Equal(peer.Doubles("values"), [.. result.Filter(peer.Image()).Cast<double>().Select(value => (float)value)], Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Process_SameImageAsScikitImage_GivesTheReferencesValuesAndNearlyThePeers(int number)
    {
        var peer = PeerValues.Case("nlm", number);
        var reference = ReferenceFor(peer);

        var result = RunFor(reference).Whole(peer.Image());

        Near.Equal(reference.Filter(peer.Image()), result, Tolerance);
        Near.Equal(peer.Doubles("values"), result, PeerTolerance);
    }

    [Theory]
    [InlineData(1, 1, 1, false, true, 3, 2)]
    [InlineData(1, 1, 13, false, true, 5, 3)]
    [InlineData(3, 17, 1, false, false, 5, 2)]
    [InlineData(2, 3, 4, false, true, 9, 7)]
    [InlineData(1, 7, 5, true, true, 3, 2)]
    [InlineData(7, 1, 6, true, true, 5, 1)]
    [InlineData(2, 5, 7, true, false, 5, 2)]
    public void Process_AnyShape_EqualsReference(int depth, int height, int width, bool volumetric, bool fast, int patchSize, int distance)
    {
        var image = Sample.Image(depth, height, width);
        var reference = new NonLocalMeansReference(volumetric, fast, patchSize, distance, H, 8);

        Near.Equal(reference.Filter(image), RunFor(reference).Whole(image), Tolerance);
    }

    [Theory]
    [InlineData(1, 90, 601, false)]
    [InlineData(5, 101, 97, false)]
    [InlineData(13, 67, 61, true)]
    public void Process_LargerThanACacheBlock_EqualsReference(int depth, int height, int width, bool volumetric)
    {
        var image = Sample.Image(depth, height, width);
        var reference = new NonLocalMeansReference(volumetric, true, 3, 1, H, 8);

        Near.Equal(reference.Filter(image), RunFor(reference).Whole(image), Tolerance);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Process_TileByTile_EqualsWhole(bool volumetric, bool fast)
    {
        var image = Sample.Image(14, 50, 47);
        var run = RunFor(new NonLocalMeansReference(volumetric, fast, 3, 2, H, 8));

        Near.Equal(run.Whole(image), run.Tiled(image, 7000), Tolerance);
    }

    [Fact]
    public void Process_BrightOffset_ChangesNothingElse()
    {
        var image = Sample.Image(1, 24, 25);
        var raised = Sample.Fill(1, 24, 25, (z, y, x) => image[z, y, x] + 60000);
        var run = RunFor(new NonLocalMeansReference(false, true, 5, 3, H, 8));

        Near.Equal(run.Whole(image), [.. run.Whole(raised).Select(value => value - 60000)], 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Process_ConstantImage_StaysConstant(double value)
    {
        var image = Sample.Fill(2, 9, 8, (_, _, _) => value);

        Near.Equal(image, RunFor(new NonLocalMeansReference(false, true, 5, 3, 10, 0)).Whole(image), 1e-6);
    }

    [Fact]
    public void Process_HLeftOpen_TakesItFromTheNoise()
    {
        var image = Sample.Image(1, 20, 21);
        var run = new OperationRun("denoise/nlm", ("h_factor", 2.0)) { Statistics = new IntensityStatistics(0, 400, 200, 100, 18) };

        var result = run.Whole(image);

        Assert.True(run.Plan(new VolumeShape(1, 20, 21)).NeedsStatistics);
        Assert.Equal(18.0, run.EstimatedParameters["sigma"]);
        Assert.Equal(36.0, run.EstimatedParameters["h"]);
        Near.Equal(new NonLocalMeansReference(false, true, 5, 6, 36, 18).Filter(image), result, Tolerance);
    }

    [Theory]
    [InlineData(0.0, 0.0, true, false, true)]
    [InlineData(10.0, 0.0, true, false, true)]
    [InlineData(10.0, 0.0, false, false, false)]
    [InlineData(0.0, 5.0, true, false, false)]
    [InlineData(0.0, 0.0, true, true, false)]
    public void Plan_NoiseNeededOrNot_AsksForStatistics(double h, double sigma, bool subtract, bool anscombe, bool expected)
    {
        var run = new OperationRun("denoise/nlm", ("h", h), ("sigma", sigma), ("subtract_noise", subtract), ("anscombe", anscombe), ("gain", 1.0));

        Assert.Equal(expected, run.Plan(new VolumeShape(1, 9, 9)).NeedsStatistics);
    }

    [Fact]
    public void Process_NoNoiseFound_LeavesTheImageAndSaysSo()
    {
        var image = Sample.Image(1, 5, 6);
        var run = new OperationRun("denoise/nlm") { Statistics = new IntensityStatistics(0, 400, 200, 100, 0) };

        Assert.Equal(Sample.ToSingles(image), run.Whole(image));
        Assert.Contains("no noise", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_EvenPatch_IsRefusedByName()
    {
        var error = Assert.Throws<InferenceException>(() => new OperationRun("denoise/nlm", ("patch_size", 4L)).Plan(new VolumeShape(1, 9, 9)));

        Assert.Equal(InferenceError.ParameterOutOfRange, error.Error);
        Assert.Equal("parameters.patch_size", error.Field);
        Assert.Equal("Parameter patch_size is 4; accepted: an odd whole number from 3 to 21.", error.Message);
    }

    [Fact]
    public void Plan_ThreeDimensions_HaloReachesAlongZ()
    {
        var shape = new VolumeShape(9, 9, 9);

        Assert.Equal(new Halo(0, 8, 8), new OperationRun("denoise/nlm").Plan(shape).Halo);
        Assert.Equal(new Halo(8, 8, 8), new OperationRun("denoise/nlm", ("dimensions", "3d")).Plan(shape).Halo);
    }

    [Fact]
    public void Process_CancelledWhileRunning_StopsWithinTheTile()
    {
        // Seconds of work, were it not for the cancellation that comes as soon as the work has begun.
        var image = Sample.Image(24, 128, 128);
        using var cancellation = new CancellationTokenSource();
        var run = new OperationRun("denoise/nlm", ("dimensions", "3d"), ("patch_distance", 12L), ("h", 10.0), ("sigma", 5.0));
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));

        Assert.ThrowsAny<OperationCanceledException>(() => run.Interrupted(image, cancellation.Token));
    }

    private static NonLocalMeansReference ReferenceFor(JsonElement peer) => new(
        peer.GetProperty("volumetric").GetBoolean(), peer.GetProperty("fast").GetBoolean(), peer.GetProperty("patch_size").GetInt32(),
        peer.GetProperty("patch_distance").GetInt32(), peer.GetProperty("h").GetDouble(), peer.GetProperty("sigma").GetDouble());

    private static OperationRun RunFor(NonLocalMeansReference reference) => new("denoise/nlm",
        ("dimensions", reference.Volumetric ? "3d" : "2d"), ("patch_size", (long)reference.PatchSize), ("patch_distance", (long)reference.Distance),
        ("h", reference.H), ("sigma", reference.Sigma), ("subtract_noise", reference.Sigma > 0), ("weights", reference.Fast ? "box" : "gaussian"));
}
