using System.Diagnostics;

namespace InferenceBridge.Client;

/// <summary>Takes frames, asks, moves, until the server says that it is over.</summary>
internal sealed class FocusLoop(FrameStream stream, IStage stage, ICamera camera, FocusRequest request, IProgress<FocusStep>? progress)
{
    // A server that goes on for ever is not one of ours.
    private const int MostFrames = 100_000;

    private readonly List<FocusStep> _steps = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _frames;

    /// <summary>Searches, and returns the last step.</summary>
    public async Task<FocusResult> SearchAsync(CancellationToken cancellation)
    {
        await using var answers = stream.ReadResultsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var origin = await stage.GetPositionAsync(cancellation).ConfigureAwait(false);
        while (_frames < MostFrames)
        {
            var step = await StepAsync(answers, cancellation).ConfigureAwait(false);
            await FollowAsync(step, cancellation).ConfigureAwait(false);
            if (step.Outcome != FocusOutcome.Searching)
            {
                if (step.Outcome == FocusOutcome.NotFound && request.ReturnsWhenNotFound)
                {
                    await ReturnAsync(origin, cancellation).ConfigureAwait(false);
                }

                return await ResultAsync(step, cancellation).ConfigureAwait(false);
            }
        }

        throw Endless();
    }

    /// <summary>Searches and holds, until the stage fails or somebody ends it.</summary>
    /// <param name="end">Ends it between two frames.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async Task<FocusResult> HoldAsync(CancellationToken end, CancellationToken cancellation)
    {
        await using var answers = stream.ReadResultsAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            var step = await StepAsync(answers, cancellation).ConfigureAwait(false);
            await FollowAsync(step, cancellation).ConfigureAwait(false);
            if (_steps.Count > MostFrames)
            {
                _steps.RemoveAt(0);
            }

            if (step.Outcome == FocusOutcome.StageFault || end.IsCancellationRequested)
            {
                return await ResultAsync(step, cancellation).ConfigureAwait(false);
            }

            if (request.HoldInterval is { } interval && step.Outcome != FocusOutcome.Searching)
            {
                await Task.Delay(interval, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static InferenceException Endless() =>
        new(InferenceError.ProtocolViolation, "response.numbers", $"The server wants more than {MostFrames} frames; accepted: an end before that.");

    private async Task<FocusStep> StepAsync(IAsyncEnumerator<FrameResult> answers, CancellationToken cancellation)
    {
        var z = await stage.GetPositionAsync(cancellation).ConfigureAwait(false);
        var pixels = await camera.SnapAsync(cancellation).ConfigureAwait(false);
        var sent = Stopwatch.GetTimestamp();
        await stream.SendAsync(new Frame(++_frames, pixels) { ZMicrometres = z, TimestampSeconds = Stopwatch.GetElapsedTime(_start).TotalSeconds }, cancellation)
            .ConfigureAwait(false);
        if (!await answers.MoveNextAsync().ConfigureAwait(false))
        {
            throw new InferenceException(InferenceError.ProtocolViolation, "response", $"The server ended the stream without an answer to frame {_frames}.");
        }

        var step = FocusStep.From(_frames, z, answers.Current, Stopwatch.GetElapsedTime(sent));
        _steps.Add(step);
        progress?.Report(step);
        return step;
    }

    private async Task FollowAsync(FocusStep step, CancellationToken cancellation)
    {
        foreach (var place in new[] { step.ApproachMicrometres, step.TargetMicrometres })
        {
            if (place is { } z)
            {
                Check(z);
                await stage.MoveToAsync(z, cancellation).ConfigureAwait(false);
            }
        }
    }

    // In steps, as it came.
    private async Task ReturnAsync(double origin, CancellationToken cancellation)
    {
        const double standardStep = 10;
        var step = Math.Max(Math.Abs(request.LargestStepMicrometres ?? standardStep), 1e-3);
        for (var z = await stage.GetPositionAsync(cancellation).ConfigureAwait(false); z != origin;)
        {
            z = Math.Abs(origin - z) <= step ? origin : z + (step * Math.Sign(origin - z));
            await stage.MoveToAsync(z, cancellation).ConfigureAwait(false);
        }
    }

    // Whatever a server says, an objective is not driven into a sample.
    private void Check(double z)
    {
        if (!(z >= (request.MinimumZMicrometres ?? double.NegativeInfinity) && z <= (request.MaximumZMicrometres ?? double.PositiveInfinity)))
        {
            throw new InferenceException(InferenceError.ProtocolViolation, "response.numbers", FormattableString.Invariant(
                $"The server sends the stage to {z} µm; accepted: {request.MinimumZMicrometres} to {request.MaximumZMicrometres}, as asked for."));
        }
    }

    private async Task<FocusResult> ResultAsync(FocusStep last, CancellationToken cancellation)
    {
        double? Known(string name) => last.Numbers.TryGetValue(name, out var value) ? value : null;
        await stream.CompleteAsync().ConfigureAwait(false);
        return new FocusResult(last.Outcome, await stage.GetPositionAsync(cancellation).ConfigureAwait(false), _steps)
        {
            BestZMicrometres = Known("best_z_um"),
            StandardDeviation = Known("best_z_sd_um"),
            Summary = await stream.Completion.WaitAsync(cancellation).ConfigureAwait(false),
        };
    }
}
