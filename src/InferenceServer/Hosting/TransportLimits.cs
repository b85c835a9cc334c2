using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InferenceBridge.Server.Hosting;

/// <summary>Limits of Kestrel for long streams of large messages.</summary>
internal static class TransportLimits
{
    /// <summary>What a client may send ahead of the server's reading.</summary>
    public const int StreamWindowBytes = 8 << 20;

    /// <summary>Buffers of a few messages of 1 MiB keep both directions busy.</summary>
    public const int BufferBytes = 4 << 20;

    private const int StreamsPerConnection = 100;

    public static void Apply(KestrelServerOptions options)
    {
        var limits = options.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxResponseBufferSize = BufferBytes;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;

        // A stream whose window is full, since its job waits, must never use up the connection's window: the other streams
        // of the connection would stall, and with them perhaps the job that it waits for.
        limits.Http2.InitialConnectionWindowSize = StreamWindowBytes * StreamsPerConnection;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        options.AddServerHeader = false;
    }

    public static void Apply(SocketTransportOptions options)
    {
        options.MaxReadBufferSize = BufferBytes;
        options.MaxWriteBufferSize = BufferBytes;
    }
}
