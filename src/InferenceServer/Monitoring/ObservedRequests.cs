using Grpc.Core;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Counts what a client sends.</summary>
internal sealed class ObservedRequests(IAsyncStreamReader<Proto.ProcessRequest> requests, JobTelemetry job) : IAsyncStreamReader<Proto.ProcessRequest>
{
    public Proto.ProcessRequest Current => requests.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            job.UploadEnds();
            return false;
        }

        if (Current.Chunk is { } chunk)
        {
            job.Received(chunk.Data.Length);
        }

        return true;
    }
}
