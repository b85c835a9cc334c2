using System.Net;
using System.Net.Sockets;
using InferenceBridge.Benchmarks.Harness;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>The limit that transport is compared with: bytes over a TCP connection to another process and back.</summary>
internal static class EchoServer
{
    public const int WriteBytes = 1 << 20;

    /// <summary>The child's part: gives each connection its bytes back until the parent is gone.</summary>
    public static async Task RunAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        ChildProcess.Announce(listener.LocalEndPoint!.ToString()!);
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
        await Console.In.ReadToEndAsync();
    }

    private static void Accept(Socket listener)
    {
        var buffer = new byte[WriteBytes];
        while (true)
        {
            using var connection = listener.Accept();
            connection.NoDelay = true;
            for (int received; (received = connection.Receive(buffer)) > 0;)
            {
                connection.Send(buffer.AsSpan(0, received));
            }
        }
    }
}
