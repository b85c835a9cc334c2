using Grpc.Core;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Counts what a client has taken.</summary>
internal sealed class ObservedResponses(IServerStreamWriter<Proto.ProcessResponse> responses, JobTelemetry job)
    : IServerStreamWriter<Proto.ProcessResponse>
{
    private bool _hasBegun;

    public WriteOptions? WriteOptions
    {
        get => responses.WriteOptions;
        set => responses.WriteOptions = value;
    }

    public Task WriteAsync(Proto.ProcessResponse message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(Proto.ProcessResponse message, CancellationToken cancellationToken)
    {
        var bytes = message.Chunk?.Data.Length ?? 0;
        if (bytes > 0 && !_hasBegun)
        {
            _hasBegun = true;
            job.DownloadBegins();
        }

        await responses.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        if (bytes > 0)
        {
            job.Sent(bytes);
        }
    }
}
