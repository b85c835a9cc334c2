using System.Globalization;
using System.Net;
using System.Net.Sockets;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>Opens sockets, and says in a person's words why one does not open.</summary>
internal static class Dialler
{
    /// <param name="address">Server.</param>
    /// <param name="endPoint">Host and port of a TCP address.</param>
    /// <param name="timeout">Time to wait.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It does not open; the message is a clause.</exception>
    public static async Task<Socket> ConnectAsync(
        ServerAddress address, DnsEndPoint endPoint, TimeSpan timeout, CancellationToken cancellation)
    {
        var socket = address.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            EndPoint target = address.SocketPath is null ? endPoint : new UnixDomainSocketEndPoint(address.SocketPath);
            await socket.ConnectAsync(target, patience.Token).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e switch
            {
                SocketException fault => new IOException(
                    address.SocketPath is { } path ? ExplainSocket(fault, path) : ExplainTcp(fault, endPoint)),
                OperationCanceledException when !cancellation.IsCancellationRequested => new IOException(string.Create(
                    CultureInfo.InvariantCulture, $"no connection within {timeout.TotalSeconds:0.###} s")),
                _ => e,
            };
        }
    }

    private static string ExplainTcp(SocketException fault, DnsEndPoint endPoint) => fault.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"no host named {endPoint.Host} is known",
        _ => fault.Message,
    };

    // The system's words for a name that is not there are those for an address that cannot be assigned.
    private static string ExplainSocket(SocketException fault, string path) => fault.SocketErrorCode switch
    {
        _ when Directory.Exists(path) => "it is a folder",
        _ when !Path.Exists(path) => "there is no such socket file",
        SocketError.ConnectionRefused when !SpecialFile.Exists(path) => "the file is no socket",
        SocketError.ConnectionRefused => "nobody listens on the socket file any more",
        SocketError.AccessDenied => "no permission to use the socket file",
        SocketError.WouldBlock => "too many connections wait there",
        _ => fault.Message,
    };
}
