using Grpc.Core;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Sends the declaration and every chunk, then half-closes.</summary>
internal sealed class Uploader(Job job, IClientStreamWriter<Proto.ProcessRequest> stream, ProgressReporter progress)
{
    /// <summary>
    /// Runs until everything is sent or the call has ended. A broken write is no error of its own: why the call ended is
    /// in its status, which the download meets. What a volume's reader throws comes out.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!await TryWriteAsync(new Proto.ProcessRequest { Declaration = job.Declaration }, cancellation).ConfigureAwait(false))
        {
            return;
        }

        foreach (var input in job.Uploads)
        {
            if (!await TrySendAsync(input, cancellation).ConfigureAwait(false))
            {
                return;
            }
        }

        await TryAsync(() => stream.CompleteAsync().WaitAsync(cancellation)).ConfigureAwait(false);
    }

    private async Task<bool> TrySendAsync(JobInput input, CancellationToken cancellation)
    {
        var source = new ChunkSource(input);
        await using (source.ConfigureAwait(false))
        {
            while (await source.NextAsync().ConfigureAwait(false) is { } chunk)
            {
                if (cancellation.IsCancellationRequested || !await TryWriteAsync(chunk.Message, cancellation).ConfigureAwait(false))
                {
                    return false;
                }

                progress.Report(current => current with { PlanesSent = current.PlanesSent + chunk.PlanesCompleted });
            }

            return true;
        }
    }

    // A write that waits for room in the stream may never end when the server has refused the call meanwhile: it is left
    // to the call's disposal. Its message has been serialised, so that nothing of ours is still in use.
    private Task<bool> TryWriteAsync(Proto.ProcessRequest message, CancellationToken cancellation) =>
        TryAsync(() => stream.WriteAsync(message, CancellationToken.None).WaitAsync(cancellation));

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
