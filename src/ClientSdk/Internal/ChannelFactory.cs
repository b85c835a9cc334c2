using System.Net.Sockets;
using Grpc.Net.Client;

namespace InferenceBridge.Client.Internal;

/// <summary>Opens the gRPC channel.</summary>
internal static class ChannelFactory
{
    /// <summary>The default of 64 KiB, and its growth by round-trip time, keep a fast link half idle.</summary>
    private const int WindowBytes = 8 << 20;

    public static GrpcChannel Create(ServerAddress address, InferenceBridgeClientOptions options) =>
        GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                // A connect callback of our own also keeps the channel from remembering a failure for a second or more:
                // when to try again is the retry options' business alone.
                ConnectCallback = (context, cancellation) => ConnectAsync(address, context, cancellation),
                ConnectTimeout = options.ConnectTimeout,
                EnableMultipleHttp2Connections = true,
                InitialHttp2StreamWindowSize = WindowBytes,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                // HTTP/2 without TLS does not pass through a proxy.
                UseProxy = false,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });

    private static async ValueTask<Stream> ConnectAsync(
        ServerAddress address, SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = address.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (address.SocketPath is null)
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);
            }
            else
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.SocketPath), cancellation).ConfigureAwait(false);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
