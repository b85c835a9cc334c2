using System.Net;
using System.Net.Sockets;

namespace InferenceBridge.Cli.Tests.Support;

/// <summary>
/// Stands between a client and the server's Unix socket, and stops the upload of the first large job at a given byte, so
/// that a test has that job in its midst for as long as it needs.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _midJob = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _socket;
    private readonly long _uploadBytes;
    private readonly long _answerBytes;
    private readonly Task _accepting;
    private int _stalled;

    /// <param name="socket">Path of the server's socket.</param>
    /// <param name="uploadBytes">Bytes after which the upload stops.</param>
    /// <param name="answerBytes">Bytes of the answer that <see cref="MidJobAsync"/> waits for.</param>
    public Relay(string socket, long uploadBytes, long answerBytes)
    {
        (_socket, _uploadBytes, _answerBytes) = (socket, uploadBytes, answerBytes);
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Waits until a job's upload has stopped and as much of its answer has come as was asked for.</summary>
    public Task MidJobAsync() => Task.WhenAll(_midJob.Task, _answered.Task).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(_socket), ended.Token);
            await using var up = new NetworkStream(far);
            var connection = new Connection();
            var sides = new[] { UploadAsync(near.GetStream(), up, connection, ended.Token), DownloadAsync(up, near.GetStream(), connection, ended.Token) };
            await Task.WhenAny(sides);
            await ended.CancelAsync();
            await Task.WhenAll(sides);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // One side is gone: so is the other.
        }
    }

    private async Task UploadAsync(Stream from, Stream to, Connection connection, CancellationToken cancellation)
    {
        var (buffer, hold, sent) = (new byte[1 << 16], new UploadHold(), 0L);
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await to.WriteAsync(hold.Pass(buffer.AsSpan(0, count)), cancellation);
            sent += count;
            if (sent >= _uploadBytes && Interlocked.Exchange(ref _stalled, 1) == 0)
            {
                hold.Holds = true;
                connection.Stall();
                _midJob.SetResult();
                Note(connection);
            }
        }
    }

    private async Task DownloadAsync(Stream from, Stream to, Connection connection, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            connection.Add(count);
            Note(connection);
        }
    }

    private void Note(Connection connection)
    {
        if (connection.IsStalled && connection.Received >= _answerBytes)
        {
            _answered.TrySetResult();
        }
    }

    private sealed class Connection
    {
        private long _received;

        public long Received => Interlocked.Read(ref _received);

        public bool IsStalled { get; private set; }

        public void Stall() => IsStalled = true;

        public void Add(long bytes) => Interlocked.Add(ref _received, bytes);
    }
}
