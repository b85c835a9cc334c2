using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class TensorJobTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Process_NegateToFloat_NegatesEveryVoxel()
    {
        var image = Requests.Ramp(new VolumeShape(2, 2, 3, 6, 5));
        var messages = Requests.Run("test/negate", image).ToArray();
        messages[0].Declaration.OutputPixelType = Proto.PixelType.Float32;
        var outcome = await fixture.Server.ProcessAsync(messages);
        Assert.Equal(image.ToSingles().Select(value => -value), outcome.Result().ToSingles());
        Assert.Equal(-250, outcome.Summary.ResultStatistics.Minimum);
        Assert.Equal(0, outcome.Summary.ResultStatistics.Maximum);
        Assert.Equal(image.ToSingles().Average(value => -(double)value), outcome.Summary.ResultStatistics.Mean, 9);
        Assert.Equal(0.3, outcome.Accepted.Result.VoxelSizeZUm);
        Assert.Equal(4, outcome.Accepted.TilePlan.Tiles);
        Assert.Equal(4, outcome.Summary.Tiles);
        Assert.False(outcome.Accepted.Spools);
        Assert.True(outcome.Accepted.PredictedMemoryBytes > 0);
    }

    [Fact]
    public async Task Process_ResultOutsideOfItsType_SaturatesAndWarns()
    {
        var image = Requests.Ramp(new VolumeShape(1, 3, 4), PixelType.UInt8);
        var outcome = await fixture.Server.ProcessAsync(Requests.Run("test/negate", image));
        Assert.All(outcome.Result().ToSingles(), value => Assert.Equal(0, value));

        // Only the first pixel of the ramp is 0, which needs no saturation.
        Assert.StartsWith("11 voxels lay outside of uint8", Assert.Single(outcome.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_NoiseNotDeclared_SpoolsWhichAcceptedSays()
    {
        var image = Requests.Ramp(new VolumeShape(3, 8, 9));
        var outcome = await fixture.Server.ProcessAsync(Requests.Run("test/noise", image));
        Assert.True(outcome.Accepted.Spools);
        Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
        Assert.Empty(outcome.Summary.Warnings);
        var expected = VolumeStatistics.Compute(image, estimateNoise: true, TestContext.Current.CancellationToken);
        Assert.Equal(expected, fixture.Operations.LastStatistics);
        Assert.Empty(Directory.GetFiles(fixture.Scratch));
    }

    [Fact]
    public async Task Process_NoiseDeclared_StreamsAndTakesIt()
    {
        var messages = Requests.Run("test/noise", Requests.Ramp(new VolumeShape(3, 8, 9))).ToArray();
        messages[0].Declaration.Inputs[0].Statistics = new Proto.IntensityStatistics
        {
            Minimum = 0, Maximum = 250, Mean = 100, StandardDeviation = 50, NoiseStandardDeviation = 4.5,
        };
        var outcome = await fixture.Server.ProcessAsync(messages);
        Assert.False(outcome.Accepted.Spools);
        Assert.Empty(outcome.Summary.Warnings);
        Assert.Equal(new IntensityStatistics(0, 250, 100, 50, 4.5), fixture.Operations.LastStatistics);
    }

    [Fact]
    public async Task Process_RowsOfPlanes_AreOnePlane()
    {
        var image = Requests.Ramp(new VolumeShape(2, 4, 5), PixelType.UInt8);
        var rows = Enumerable.Range(0, 8).Select(i =>
        {
            var message = Requests.Chunk(i / 4, image.Plane(i / 4).Slice(i % 4 * 5, 5).ToArray());
            (message.Chunk.FirstRow, message.Chunk.RowCount) = (i % 4, 1);
            return message;
        });
        var outcome = await fixture.Server.ProcessAsync([Requests.Run("test/noise", image).First(), .. rows]);
        Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
    }

    [Fact]
    public async Task Process_ManyPlanesInAChunk_AreTaken()
    {
        var image = Requests.Ramp(new VolumeShape(5, 4, 3), PixelType.UInt8);
        var all = Enumerable.Range(0, 5).SelectMany(plane => image.Plane(plane).ToArray()).ToArray();
        var outcome = await fixture.Server.ProcessAsync([Requests.Run("test/noise", image).First(), Requests.Chunk(0, all, 5)]);
        Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
    }

    [Fact]
    public async Task Process_Gaussian_KeepsAConstantImage()
    {
        var image = new MemoryVolume(new VolumeInfo(new VolumeShape(4, 9, 7), PixelType.Float32));
        for (var plane = 0; plane < 4; plane++)
        {
            PixelConverter.FromSingle(Enumerable.Repeat(42f, 63).ToArray(), PixelType.Float32, image.Plane(plane).Span);
        }

        var outcome = await fixture.Server.ProcessAsync(Requests.Run("denoise/gaussian", image));
        Assert.All(outcome.Result().ToSingles(), value => Assert.Equal(42, value, 3));
        var described = BuiltInOperations.All.Single(operation => operation.Declaration.Id == "denoise/gaussian").Declaration;
        Assert.Equal(described.Parameters.Select(p => p.Name).Order(), outcome.Summary.Parameters.Keys.Order());
        Assert.Equal(described.Version, outcome.Summary.OperationVersion);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    [InlineData(0f)]
    public async Task Process_BadPsf_IsRefused(float value)
    {
        var image = Requests.Ramp(new VolumeShape(4, 8, 8));
        var psf = MemoryVolume.FromSingles(Enumerable.Repeat(value, 27).ToArray(), new VolumeShape(3, 3, 3));
        var refusal = await fixture.Server.RefusedAsync(Deconvolve(image, psf), InferenceError.AuxiliaryInvalid, "psf");
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task Process_PsfLargerThanTheLimit_IsRefused()
    {
        var image = Requests.Ramp(new VolumeShape(4, 8, 8));
        var psf = MemoryVolume.FromSingles(new float[33 * 33 * 33], new VolumeShape(33, 33, 33));
        await fixture.Server.RefusedAsync(Deconvolve(image, psf), InferenceError.VolumeTooLarge, "psf");
    }

    [Fact]
    public async Task Process_PsfAfterTheImage_IsRefused()
    {
        var image = Requests.Ramp(new VolumeShape(2, 8, 8));
        var psf = MemoryVolume.FromSingles([1f], new VolumeShape(1, 1, 1));
        var messages = Deconvolve(image, psf).ToArray();
        await fixture.Server.RefusedAsync([messages[0], messages[2], messages[3], messages[1]], InferenceError.InputUnexpected, "chunk.input");
    }

    [Fact]
    public async Task Process_Deconvolution_TellsHowItRan()
    {
        var outcome = await fixture.Server.ProcessAsync(
            Deconvolve(Requests.Ramp(new VolumeShape(2, 8, 8)), MemoryVolume.FromSingles([1f], new VolumeShape(1, 1, 1))));

        var details = outcome.Summary.Details;
        Assert.Equal("Richardson–Lucy", details["algorithm"]);
        Assert.Equal("20", details["iterations_run"]);
        Assert.Equal("input, 1×1×1, centre 0, 0, 0", details["psf"]);
        Assert.Equal("whole stacks", details["blocks"]);
        Assert.True(double.Parse(details["residual"], System.Globalization.CultureInfo.InvariantCulture) < 1e-4);
    }

    [Fact]
    public async Task Process_DeconvolutionWithNeitherPsfNorOptics_IsRefused() => await fixture.Server.RefusedAsync(
        Requests.Run("deconvolve/wiener", Requests.Ramp(new VolumeShape(2, 8, 8))), InferenceError.InputMissing, "inputs.psf");

    private static IEnumerable<Proto.ProcessRequest> Deconvolve(MemoryVolume image, MemoryVolume psf)
    {
        var declaration = Requests.Declare("deconvolve/richardson-lucy", Requests.Describe(image.Info.Shape));
        declaration.Inputs.Add(new Proto.InputDeclaration { Name = "psf", Volume = Requests.Describe(psf.Info.Shape, PixelType.Float32) });
        return [Requests.Message(declaration), .. Requests.Chunks(psf, "psf"), .. Requests.Chunks(image)];
    }
}
