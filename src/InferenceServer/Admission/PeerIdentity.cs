using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace InferenceBridge.Server.Admission;

/// <summary>Clients by where they are: the IP address, or on a Unix socket the user.</summary>
internal sealed class PeerIdentity : IClientIdentity
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <inheritdoc/>
    public string Of(HttpContext call)
    {
        if (call.Connection.RemoteIpAddress is { } address)
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        return call.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && UserOf(socket) is { } user
            ? string.Create(CultureInfo.InvariantCulture, $"unix user {user}")
            : "unix";
    }

    // struct ucred { pid_t pid; uid_t uid; gid_t gid; } of Linux.
    private static uint? UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        if (!OperatingSystem.IsLinux() || socket.AddressFamily != AddressFamily.Unix)
        {
            return null;
        }

        try
        {
            return socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length
                ? BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]) : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..])
                : null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
