using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InferenceBridge.Benchmarks;

/// <summary>The limit of a loopback connection: a process that sends back what it gets, in pieces of up to 1 MiB.</summary>
internal sealed class RawEcho : IDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly Process _server;
    private readonly int _port;

    public RawEcho()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(RawEcho).Assembly.Location);
        start.ArgumentList.Add("echo");
        _server = Process.Start(start)!;
        _port = int.Parse(_server.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The server's side: prints its port, serves one connection after the other until it is killed.</summary>
    public static async Task ServeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        var piece = new byte[PieceBytes];
        while (true)
        {
            using var socket = await listener.AcceptSocketAsync();
            for (int read; (read = await socket.ReceiveAsync(piece)) > 0;)
            {
                for (var sent = 0; sent < read;)
                {
                    sent += await socket.SendAsync(piece.AsMemory(sent, read - sent));
                }
            }
        }
    }

    /// <summary>MiB/s each way at once.</summary>
    public async Task<double> MebibytesPerSecondAsync(long bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var start = Stopwatch.GetTimestamp();
        var sending = Task.Run(async () =>
        {
            var piece = new byte[PieceBytes];
            for (var left = bytes; left > 0;)
            {
                left -= await socket.SendAsync(piece.AsMemory(0, (int)Math.Min(left, PieceBytes)));
            }
        });
        var received = new byte[PieceBytes];
        for (var left = bytes; left > 0;)
        {
            left -= await socket.ReceiveAsync(received);
        }

        await sending;
        return bytes / 1048576.0 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }
}
