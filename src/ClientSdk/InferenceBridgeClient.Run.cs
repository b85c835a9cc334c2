using InferenceBridge.Client.Internal;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    /// <summary>
    /// Runs one operation on one image, plane by plane: neither the image nor the result is held in memory. Upload and
    /// download overlap. A job that is lost is run again as <see cref="RetryOptions"/> says, with the volumes read from their
    /// start and a new writer.
    /// </summary>
    /// <param name="image">The image. It stays the caller's to dispose.</param>
    /// <param name="createResult">
    /// Makes the writer of the result once its shape, pixel type and calibration are known; called once an attempt. The
    /// client completes it when every plane has come and been checked, and disposes it in any case. A
    /// <see cref="TiffVolumeWriter"/> is told the operation, for the file's provenance.
    /// </param>
    /// <param name="request">The operation, its parameters and auxiliary volumes.</param>
    /// <param name="progress">Told how far the job is; null tells nobody.</param>
    /// <param name="cancellation">Cancels the job, also on the server.</param>
    /// <returns>Device, seconds, warnings, parameters that ran.</returns>
    /// <exception cref="InferenceException">
    /// What the server refuses, under the name that it gives; <see cref="InferenceError.ServerUnreachable"/>;
    /// <see cref="InferenceError.DeadlineExceeded"/> after <see cref="RunRequest.Timeout"/>; a result that came damaged
    /// (<see cref="InferenceError.ChunkCorrupt"/>, <see cref="InferenceError.ChunkOutOfOrder"/>,
    /// <see cref="InferenceError.ChunkSizeMismatch"/>, <see cref="InferenceError.ProtocolViolation"/>). What a reader or a
    /// writer throws comes out as it is.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RunSummary> RunAsync(
        IVolumeReader image, Func<VolumeInfo, IVolumeWriter> createResult, RunRequest request,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        var result = await RunJobAsync(new Job(image, createResult, request, progress), cancellation).ConfigureAwait(false);
        using (result)
        {
            if (result.Writer is TiffVolumeWriter file)
            {
                file.Metadata = file.Metadata.WithOperation(Provenance.Of(result.Summary, _options.TimeProvider.GetUtcNow()));
            }

            result.CompleteSideOutputs(_options.TimeProvider.GetUtcNow());
            result.Writer.Complete();
        }

        return result.Summary;
    }

    /// <summary>Runs one operation on one image and holds the result in memory.</summary>
    /// <param name="image">The image, such as a <see cref="MemoryVolume"/>. It stays the caller's to dispose.</param>
    /// <param name="request">The operation, its parameters and auxiliary volumes.</param>
    /// <param name="progress">Told how far the job is; null tells nobody.</param>
    /// <param name="cancellation">Cancels the job, also on the server.</param>
    /// <exception cref="InferenceException">As with a writer; also <see cref="InferenceError.VolumeTooLarge"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RunResult> RunAsync(
        IVolumeReader image, RunRequest request, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        var job = new Job(image, info => new MemoryVolume(info), request, progress);
        using var result = await RunJobAsync(job, cancellation).ConfigureAwait(false);
        result.CompleteSideOutputs(_options.TimeProvider.GetUtcNow());
        return new RunResult((MemoryVolume)result.Writer, result.Summary);
    }

    private async Task<JobResult> RunJobAsync(Job job, CancellationToken cancellation)
    {
        var start = _options.TimeProvider.GetTimestamp();
        var attempts = 0;
        var result = await CallAsync(job.Request.Operation, job.Request.Timeout, async (attempt, token) =>
        {
            attempts = attempt;
            using var connection = new ServerConnection(_address, _options, isForOneAttempt: true);
            return await new JobAttempt(job, attempt, connection, _address, _logger).RunAsync(token).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        var summary = result.Summary with
        {
            Attempts = attempts,
            ClientSeconds = _options.TimeProvider.GetElapsedTime(start).TotalSeconds,
        };
        Log.Finished(_logger, summary.Operation, summary.OperationVersion, summary.Device, Address, summary.ClientSeconds);
        return result with { Summary = summary };
    }
}
