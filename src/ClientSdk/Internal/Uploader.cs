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
        if (!await TryWriteAsync(new Proto.ProcessRequest { Declaration = job.Declaration }).ConfigureAwait(false))
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

        await TryAsync(stream.CompleteAsync).ConfigureAwait(false);
    }

    private async Task<bool> TrySendAsync(JobInput input, CancellationToken cancellation)
    {
        var source = new ChunkSource(input);
        await using (source.ConfigureAwait(false))
        {
            while (await source.NextAsync().ConfigureAwait(false) is { } chunk)
            {
                if (cancellation.IsCancellationRequested || !await TryWriteAsync(chunk.Message).ConfigureAwait(false))
                {
                    return false;
                }

                progress.Report(current => current with { PlanesSent = current.PlanesSent + chunk.PlanesCompleted });
            }

            return true;
        }
    }

    private Task<bool> TryWriteAsync(Proto.ProcessRequest message) => TryAsync(() => stream.WriteAsync(message));

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
