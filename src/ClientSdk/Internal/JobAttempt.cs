using System.Runtime.ExceptionServices;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>One call of a job: uploads and downloads at once, and says which of them failed first.</summary>
/// <param name="job">The job.</param>
/// <param name="number">Number of the attempt, from 1.</param>
/// <param name="connection">The attempt's own; disposed when it ends.</param>
/// <param name="address">Server, for messages.</param>
/// <param name="logger">Log.</param>
internal sealed class JobAttempt(Job job, int number, ServerConnection connection, ServerAddress address, ILogger logger)
{
    private Exception? _uploadFault;

    /// <exception cref="TransientFailure">The call failed before any result came, and may be repeated.</exception>
    public async Task<JobResult> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = new Proto.VolumeService.VolumeServiceClient(connection.Channel).Process(CallTrace.Headers(), cancellationToken: stop.Token);
        var progress = new ProgressReporter(job.Progress,
            new RunProgress("uploading") { Attempt = number, PlanesToSend = job.PlanesToSend });
        using var downloader = new Downloader(job, progress) { OnAccepted = LogAccepted };
        var upload = UploadAsync(new Uploader(job, call.RequestStream, progress), stop);
        try
        {
            return await downloader.RunAsync(call.ResponseStream, stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_uploadFault is not null)
        {
            ExceptionDispatchInfo.Throw(_uploadFault);
            throw;
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException e)
        {
            var error = ErrorMapper.Map(e, address, downloader.Reached != AttemptStage.Connecting, connection.GreetingFault);
            var isLost = error.Error is InferenceError.ServerUnreachable or InferenceError.ServerStopping;
            throw ErrorMapper.IsTransient(error.Error)
                ? new TransientFailure(error, isLost ? downloader.Reached : AttemptStage.Connecting)
                : error;
        }
        finally
        {
            // Ends the upload where the download ended first, and the call where this side gave up.
            await stop.CancelAsync().ConfigureAwait(false);
            connection.Dispose();
            await upload.ConfigureAwait(false);
        }
    }

    private async Task UploadAsync(Uploader uploader, CancellationTokenSource stop)
    {
        try
        {
            await Task.Run(() => uploader.RunAsync(stop.Token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The call is over: whatever still fails here follows from that.
        }
        catch (Exception e)
        {
            _uploadFault = e;
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private void LogAccepted(Proto.Accepted accepted) =>
        Log.Accepted(logger, address.Text, job.Request.Operation, accepted.Device, accepted.TilePlan?.Tiles ?? 0,
            accepted.PredictedMemoryBytes);
}
