using System.Net;
using System.Net.Sockets;

namespace InferenceBridge.Soak.Support;

/// <summary>Passes TCP connections on to a server, and cuts each one when a number of bytes has gone through, both ways together.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port;
    private readonly Queue<long> _budgets;
    private readonly Task _accepting;

    /// <param name="port">Port of the server on the loopback.</param>
    /// <param name="budgets">Bytes that the first, second, ... connection may carry; later ones are not cut.</param>
    public CuttingProxy(int port, params IEnumerable<long> budgets)
    {
        (_port, _budgets) = (port, new Queue<long>(budgets));
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // Only then: a connection may have come at the last moment, and a listener that is closed does not say that it was cancelled.
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                connections.Add(PassAsync(client, _budgets.TryDequeue(out var budget) ? budget : long.MaxValue));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(Socket client, long budget)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _port);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));

            // Without lingering, closing sends a reset: a cable that is pulled, not a goodbye.
            (client.LingerState, server.LingerState) = (new LingerOption(true, 0), new LingerOption(true, 0));

            async Task CopyAsync(Socket from, Socket to)
            {
                var buffer = new byte[16 << 10];
                try
                {
                    int bytes;
                    while ((bytes = await from.ReceiveAsync(buffer, ended.Token)) > 0 && Interlocked.Add(ref budget, -bytes) > 0)
                    {
                        await to.SendAsync(buffer.AsMemory(0, bytes), ended.Token);
                    }
                }
                catch (Exception e) when (e is OperationCanceledException or SocketException)
                {
                    // The other direction has ended, or one side is gone.
                }

                await ended.CancelAsync();
            }
        }
    }
}
