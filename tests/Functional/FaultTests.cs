using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Bad requests end in one sentence that names the field, and the same server goes on serving.</summary>
public sealed class FaultTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly MemoryVolume Image = Volumes.Random(new VolumeInfo(new VolumeShape(4, 16, 16), PixelType.UInt16));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("denoise/none", "", 0.0, InferenceError.OperationNotFound, "denoise/nlm")]
    [InlineData("denoise/nlm", "colour", 1.0, InferenceError.ParameterUnknown, "patch_size")]
    [InlineData("denoise/nlm", "patch_size", 2.5, InferenceError.ParameterTypeMismatch, "whole number")]
    [InlineData("denoise/gaussian", "sigma_xy", -1.0, InferenceError.ParameterOutOfRange, "sigma_xy")]
    [InlineData("deconvolve/richardson-lucy", "", 0.0, InferenceError.InputMissing, "psf")]
    public async Task Run_BadRequest_NamesTheFieldAndServesOn(string operation, string parameter, double value, InferenceError error, string named)
    {
        await using var client = server.Connect();
        var request = new RunRequest(operation)
        {
            Parameters = parameter.Length == 0 ? new Dictionary<string, ParameterValue>() : new() { [parameter] = value },
        };
        await AssertRefusedAsync(client, Image, request, error, named);
    }

    [Theory]
    [InlineData("zero", InferenceError.AuxiliaryInvalid)]
    [InlineData("negative", InferenceError.AuxiliaryInvalid)]
    [InlineData("nan", InferenceError.AuxiliaryInvalid)]
    [InlineData("large", InferenceError.ShapeMismatch)]
    public async Task RichardsonLucy_UnusablePsf_NamesItAndServesOn(string fault, InferenceError error)
    {
        await using var client = server.Connect();
        var values = new float[fault == "large" ? 5 * 3 * 3 : 27];
        Array.Fill(values, fault == "zero" ? 0f : 1f);
        values[13] = fault switch { "negative" => -0.5f, "nan" => float.NaN, _ => values[13] };
        var psf = MemoryVolume.FromSingles(values, new VolumeShape(fault == "large" ? 5 : 3, 3, 3));
        var request = new RunRequest("deconvolve/richardson-lucy") { Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = psf } };
        await AssertRefusedAsync(client, Image, request, error, "psf");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Gaussian_ImageNotFinite_SaysWhereAndServesOn(float value)
    {
        await using var client = server.Connect();
        var values = new float[2 * 8 * 8];
        values[64 + 8 + 3] = value;
        var image = MemoryVolume.FromSingles(values, new VolumeShape(2, 8, 8));
        await AssertRefusedAsync(client, image, new RunRequest("denoise/gaussian"), InferenceError.ValueNotFinite, "plane 1");
    }

    [Fact]
    public async Task Run_DeadlinePassed_IsATypedError()
    {
        await using var client = server.Connect();
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(64, 256, 256), PixelType.Float32));
        var request = new RunRequest("denoise/nlm") { Timeout = TimeSpan.FromMilliseconds(50) };
        await AssertRefusedAsync(client, image, request, InferenceError.DeadlineExceeded, "");
    }

    [Fact]
    public async Task Run_CancelledMidway_StopsAndServesOn()
    {
        await using var client = server.Connect();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(64, 256, 256), PixelType.Float32));
        var progress = new Relay(report =>
        {
            if (report.PlanesReceived > 0)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RunAsync(image, new RunRequest("denoise/nlm"), progress, cancel.Token));
        await AssertServesAsync(client);
    }

    [Fact]
    public async Task Run_ServerNotReachable_NamesTheAddress()
    {
        await using var client = InferenceBridgeClient.Connect("http://127.0.0.1:1", new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 1 } });
        var error = await Assert.ThrowsAsync<InferenceException>(() => client.ListOperationsAsync(null, Cancellation));
        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(InferenceBridgeClient client, MemoryVolume image, RunRequest request, InferenceError error, string named)
    {
        var thrown = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(image, request, null, Cancellation));
        Assert.Equal(error, thrown.Error);
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
        await AssertServesAsync(client);
    }

    private static async Task AssertServesAsync(InferenceBridgeClient client) =>
        Volumes.AssertSame(Image, (await client.RunAsync(Image, new RunRequest("diagnostic/identity"), null, Cancellation)).Volume);

    private sealed class Relay(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
