using System.Net;
using System.Net.Sockets;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>A TCP port behind which something else than our server lives.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="answer">What every connection gets after its first bytes; null says nothing and keeps it open.</param>
    public RawServer(byte[]? answer)
    {
        _listener.Start();
        Address = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync(answer);
    }

    public string Address { get; }

    /// <summary>Connections that have come.</summary>
    public int Accepted => _accepted;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _clients.ForEach(client => client.Dispose());
    }

    private async Task AcceptAsync(byte[]? answer)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            _clients.Add(client);
            Interlocked.Increment(ref _accepted);
            if (answer is not null)
            {
                await AnswerAsync(client, answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task AnswerAsync(TcpClient client, byte[] answer)
    {
        // All of the preface and the settings is taken, so that closing does not reset what is on its way.
        var buffer = new byte[1 << 16];
        _ = await client.GetStream().ReadAsync(buffer);
        await client.GetStream().WriteAsync(answer);
        client.Client.Shutdown(SocketShutdown.Send);
    }
}
