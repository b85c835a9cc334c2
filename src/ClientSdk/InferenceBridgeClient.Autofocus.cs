namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    /// <summary>Looks for the focus: takes a frame, asks the server, moves, until the focus is found or cannot be.</summary>
    /// <param name="stage">The z drive. It is moved within the limits of the request alone.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="request">The operation and its parameters.</param>
    /// <param name="progress">Told of every frame before the stage moves.</param>
    /// <param name="cancellation">Ends the search: the stage stays where it is, and the stream is closed.</param>
    /// <exception cref="InferenceException">What the server refuses: limits that do not include the start, missing optics, ...; or it is lost.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<FocusResult> FocusAsync(
        IStage stage, ICamera camera, FocusRequest request, IProgress<FocusStep>? progress = null, CancellationToken cancellation = default) =>
        RunFocusAsync(stage, camera, request, "search", progress, loop => loop.SearchAsync(cancellation));

    /// <summary>Looks for the focus and keeps it against drift, until <paramref name="end"/> is cancelled or the stage fails.</summary>
    /// <param name="stage">The z drive. It is moved within the limits of the request alone.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="request">The operation and its parameters.</param>
    /// <param name="end">Ends it after the frame under way, without an exception.</param>
    /// <param name="progress">Told of every frame before the stage moves.</param>
    /// <param name="cancellation">Ends it at once: the stage stays where it is, and the stream is closed.</param>
    /// <exception cref="InferenceException">As for <see cref="FocusAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<FocusResult> HoldFocusAsync(
        IStage stage, ICamera camera, FocusRequest request, CancellationToken end, IProgress<FocusStep>? progress = null, CancellationToken cancellation = default) =>
        RunFocusAsync(stage, camera, request, "hold", progress, loop => loop.HoldAsync(end, cancellation));

    private async Task<FocusResult> RunFocusAsync(
        IStage stage, ICamera camera, FocusRequest request, string mode, IProgress<FocusStep>? progress, Func<FocusLoop, Task<FocusResult>> run)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(request);

        // Not with the caller's token: a search that is given up says goodbye, so that the server sees an end and no loss.
        await using var stream = OpenFrameStream(new FrameStreamRequest(request.Operation, camera.Frame) { Parameters = request.AllParameters(mode) });
        try
        {
            return await run(new FocusLoop(stream, stage, camera, request, progress)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(CloseAsync(stream), Task.Delay(FarewellTime, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(FrameStream stream)
    {
        await stream.CompleteAsync().ConfigureAwait(false);
        await foreach (var _ in stream.ReadResultsAsync().ConfigureAwait(false))
        {
            // Answers to frames under way are of no use any more.
        }

        await stream.Completion.ConfigureAwait(false);
    }
}
