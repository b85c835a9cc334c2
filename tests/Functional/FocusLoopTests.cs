using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>The focus of a virtual microscope, looked for by a real server.</summary>
public sealed class FocusLoopTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly FocusRequest Request = new("autofocus/metrics")
    {
        MinimumZMicrometres = -20, MaximumZMicrometres = 20, BacklashMicrometres = 0.8, ToleranceMicrometres = 0.4,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(-7)]
    [InlineData(0.3)]
    [InlineData(8)]
    public async Task FocusAsync_Metrics_EndsInFocus(double start)
    {
        await using var client = server.Connect();
        var microscope = Microscope(start);
        var device = new SimulatedMicroscope(microscope);
        var seen = new Steps();

        var result = await client.FocusAsync(device, device, Request, seen, Cancellation);

        Assert.Equal(FocusOutcome.Focused, result.Outcome);
        Assert.InRange(Math.Abs(microscope.Defocus), 0, 0.4);
        Assert.Equal(microscope.Stage.Z, result.ZMicrometres);
        Assert.Equal(result.Steps, seen.All);
        Assert.Equal(result.Frames, result.Summary.Answered);
        Assert.Equal("focused", result.Summary.Details["outcome"]);
        Assert.Equal(0, microscope.Stage.Refused);
        Assert.Equal(result.Steps.Max(step => step.Score), result.Curve.MaxBy(point => point.Score).Score);
    }

    [Fact(Timeout = 120_000)]
    public async Task FocusAsync_BlackFrames_IsNotFoundAndTheStageReturns()
    {
        await using var client = server.Connect();
        var microscope = Microscope(2, camera: new VirtualCameraOptions { IsDark = true, ReadNoiseElectrons = 0 });
        var device = new SimulatedMicroscope(microscope);

        var result = await client.FocusAsync(device, device, Request, cancellation: Cancellation);

        Assert.Equal((FocusOutcome.NotFound, 2.0), (result.Outcome, result.ZMicrometres));
        Assert.InRange(result.Frames, 3, 40);
    }

    [Fact(Timeout = 120_000)]
    public async Task FocusAsync_StuckStage_IsReportedAndLeftAlone()
    {
        await using var client = server.Connect();
        var microscope = Microscope(6, new VirtualStageOptions { StuckAfterMoves = 3 });
        var device = new SimulatedMicroscope(microscope);

        var result = await client.FocusAsync(device, device, Request, cancellation: Cancellation);

        Assert.Equal(FocusOutcome.StageFault, result.Outcome);
        Assert.Contains(result.Summary.Warnings, warning => warning.StartsWith("The stage was sent", StringComparison.Ordinal));
        Assert.InRange(microscope.Stage.Moves, 4, 5);
    }

    [Fact(Timeout = 120_000)]
    public async Task FocusAsync_LimitsWithoutTheStart_NamesThem()
    {
        await using var client = server.Connect();
        var microscope = Microscope(25);
        var device = new SimulatedMicroscope(microscope);

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.FocusAsync(device, device, Request, cancellation: Cancellation));

        Assert.Equal((InferenceError.ParameterOutOfRange, "parameters.maximum_z_um"), (error.Error, error.Field));
        Assert.Contains("z = 25 µm", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, microscope.Stage.Moves);
    }

    [Fact(Timeout = 120_000)]
    public async Task Stream_SearchWithoutZ_NamesIt()
    {
        await using var client = server.Connect();
        var microscope = Microscope(1);
        await using var stream = client.OpenFrameStream(
            new FrameStreamRequest("autofocus/metrics", microscope.Frame) { Parameters = new Dictionary<string, ParameterValue> { ["mode"] = "search" } }, Cancellation);
        await stream.SendAsync(new Frame(1, microscope.Snap()), Cancellation);

        var error = await Assert.ThrowsAsync<InferenceException>(() => stream.Completion);

        Assert.Equal((InferenceError.InputMissing, "frame.z_um"), (error.Error, error.Field));
    }

    [Fact(Timeout = 120_000)]
    public async Task FocusAsync_CancelledInTheMiddle_LeavesTheStageAndEndsTheStream()
    {
        await using var client = server.Connect();
        var microscope = Microscope(8);
        var device = new SimulatedMicroscope(microscope);
        using var cancel = new CancellationTokenSource();
        var steps = new Steps { Reported = step => { if (step.Frame == 3) { cancel.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.FocusAsync(device, device, Request, steps, cancel.Token));

        Assert.Equal(3, steps.All.Count);
        Assert.Equal(steps.All[2].ZMicrometres, microscope.Stage.Z);

        // The place is free again, and the next search has it.
        Assert.Equal(FocusOutcome.Focused, (await client.FocusAsync(device, device, Request, cancellation: Cancellation)).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task FocusAsync_ServerLostInTheMiddle_FailsAndLeavesTheStage()
    {
        var own = await InferenceServerHost.StartAsync(new InferenceServerOptions { Urls = "http://127.0.0.1:0", ScratchDirectory = server.Folder, ShutdownGraceSeconds = 0 }, null, Cancellation);
        await using var client = InferenceBridgeClient.Connect(own.Addresses[0]);
        var microscope = Microscope(8);
        var device = new StoppingCamera(microscope, afterFrames: 2, own);

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.FocusAsync(device.Stage, device, Request, cancellation: Cancellation));

        Assert.True(error.Error is InferenceError.ServerStopping or InferenceError.ServerUnreachable, error.ToString());
        Assert.InRange(microscope.Stage.Moves, 1, 4);
    }

    [Fact(Timeout = 120_000)]
    public async Task HoldFocusAsync_Drift_IsFollowed()
    {
        await using var client = server.Connect();
        var microscope = Microscope(1, new VirtualStageOptions { Drift = 0.2 });
        var device = new SimulatedMicroscope(microscope);
        using var end = new CancellationTokenSource();
        var steps = new Steps { Reported = step => { if (step.Frame == 150) { end.Cancel(); } } };

        var result = await client.HoldFocusAsync(device, device, Request, end.Token, steps, Cancellation);

        Assert.Equal(150, result.Frames);
        Assert.InRange(microscope.Focus, 1, 10);
        Assert.InRange(Math.Abs(microscope.Defocus), 0, 1.5);
        Assert.Contains(steps.All, step => step.Outcome == FocusOutcome.Holding);
    }

    private static VirtualMicroscope Microscope(double start, VirtualStageOptions? stage = null, VirtualCameraOptions? camera = null) =>
        new(new BlurredDots(), (stage ?? new VirtualStageOptions()) with { Backlash = 0.8 }, camera ?? new VirtualCameraOptions(), 0, start, seed: 3);

    private sealed class Steps : IProgress<FocusStep>
    {
        public List<FocusStep> All { get; } = [];

        public Action<FocusStep> Reported { get; init; } = _ => { };

        public void Report(FocusStep value)
        {
            All.Add(value);
            Reported(value);
        }
    }

    // A camera beside which the server is switched off.
    private sealed class StoppingCamera(VirtualMicroscope microscope, int afterFrames, InferenceServerHost server) : ICamera
    {
        private readonly SimulatedMicroscope _device = new(microscope);
        private int _frames;

        public IStage Stage => _device;

        public VolumeInfo Frame => _device.Frame;

        public async ValueTask<ReadOnlyMemory<byte>> SnapAsync(CancellationToken cancellation)
        {
            if (_frames++ == afterFrames)
            {
                await server.DisposeAsync();
            }

            return await _device.SnapAsync(cancellation);
        }
    }
}
