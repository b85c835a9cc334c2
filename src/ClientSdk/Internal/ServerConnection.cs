using System.Collections.Concurrent;
using System.Net.Sockets;
using Grpc.Net.Client;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// A gRPC channel with TCP or Unix sockets of its own. Every attempt of a job has one: a job that stalls fills the windows
/// of its connection, and one that is refused in the midst of its upload can leave a write behind that never ends, so
/// neither may share a connection with another call. Disposing closes the sockets, and thereby ends every write.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    /// <summary>The default of 64 KiB, and its growth by round-trip time, keep a fast link half idle.</summary>
    private const int WindowBytes = 8 << 20;

    private readonly ConcurrentBag<Stream> _streams = [];
    private readonly bool _isForOneAttempt;
    private volatile GreetedStream? _latest;

    /// <param name="address">The server.</param>
    /// <param name="options">Time to connect.</param>
    /// <param name="isForOneAttempt">Whether a connection that failed to greet is the last: HttpClient would open another by itself.</param>
    public ServerConnection(ServerAddress address, InferenceBridgeClientOptions options, bool isForOneAttempt)
    {
        _isForOneAttempt = isForOneAttempt;
        Channel = GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                // A connect callback of our own also keeps the channel from remembering a failure for a second or more:
                // when to try again is the retry options' business alone.
                ConnectCallback = (context, cancellation) => ConnectAsync(address, context, options.ConnectTimeout, cancellation),
                EnableMultipleHttp2Connections = true,
                InitialHttp2StreamWindowSize = WindowBytes,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                // HTTP/2 without TLS does not pass through a proxy.
                UseProxy = false,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
    }

    public GrpcChannel Channel { get; }

    /// <summary>What was wrong with the first connection that did not begin as HTTP/2 does. HttpClient does not always pass it on.</summary>
    public IOException? GreetingFault => _latest?.Fault;

    public void Dispose()
    {
        Channel.Dispose();
        foreach (var stream in _streams)
        {
            stream.Dispose();
        }
    }

    private async ValueTask<Stream> ConnectAsync(
        ServerAddress address, SocketsHttpConnectionContext context, TimeSpan timeout, CancellationToken cancellation)
    {
        if (_isForOneAttempt && _latest is { } latest && await latest.Greeted.WaitAsync(cancellation).ConfigureAwait(false) is { } fault)
        {
            throw fault;
        }

        var socket = await Dialler.ConnectAsync(address, context.DnsEndPoint, timeout, cancellation).ConfigureAwait(false);
        var stream = new GreetedStream(new NetworkStream(socket, ownsSocket: true), timeout);
        _streams.Add(stream);
        _latest = stream;
        return stream;
    }
}
