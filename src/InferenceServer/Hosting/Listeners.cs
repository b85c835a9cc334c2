using System.Net.Sockets;
using InferenceBridge.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace InferenceBridge.Server.Hosting;

/// <summary>Opens the addresses of a server for HTTP/2 without TLS.</summary>
internal static class Listeners
{
    public static void Listen(KestrelServerOptions kestrel, IReadOnlyList<ListenAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (address.SocketPath is { } path)
            {
                kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
            }
            else
            {
                kestrel.Listen(address.EndPoint!, listen => listen.Protocols = HttpProtocols.Http2);
            }
        }
    }

    /// <summary>Removes the file of a socket that nobody listens on: a server that was killed leaves it behind.</summary>
    public static void RemoveStaleSocket(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && new FileInfo(path).Length == 0)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Not a socket of ours: binding to it fails with a message of its own.
        }
    }
}
