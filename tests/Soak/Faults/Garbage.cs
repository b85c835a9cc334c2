using System.Net;
using System.Net.Sockets;
using System.Text;
using InferenceBridge.Soak.Load;

namespace InferenceBridge.Soak.Faults;

/// <summary>Connects and sends what is no HTTP/2, or half of its greeting, and leaves.</summary>
internal sealed class Garbage(int port) : IActor
{
    public string Name => "garbage";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var noise = new byte[random.Next(1, 64 << 10)];
        random.NextBytes(noise);
        var bytes = random.Next(3) switch
        {
            0 => noise,
            1 => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            _ => [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. noise],
        };
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        try
        {
            await socket.SendAsync(bytes, cancellation);
        }
        catch (SocketException)
        {
            // The server has hung up already.
        }
    }
}
