using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>Sends bytes to <see cref="EchoServer"/> and takes them back at the same time.</summary>
internal static class EchoClient
{
    /// <summary>Seconds until the last byte is back, the connection included.</summary>
    public static double Run(string address, long bytes)
    {
        var buffer = new byte[EchoServer.WriteBytes];
        new Random(1).NextBytes(buffer);
        var start = Stopwatch.GetTimestamp();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPEndPoint.Parse(address));
        var sender = new Thread(() =>
        {
            for (var left = bytes; left > 0; left -= buffer.Length)
            {
                socket.Send(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            }
        });
        sender.Start();
        var incoming = new byte[EchoServer.WriteBytes];
        for (var left = bytes; left > 0;)
        {
            var received = socket.Receive(incoming);
            left -= received > 0 ? received : throw new IOException("The echo server closed the connection.");
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        sender.Join();
        return seconds;
    }
}
