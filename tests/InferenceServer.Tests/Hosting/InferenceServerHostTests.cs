using System.Net;
using System.Net.Sockets;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Hosting;

public sealed class InferenceServerHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_PortZero_TellsTheRealPort()
    {
        await using var server = await TestServer.StartAsync(Options("http://127.0.0.1:0"));
        Assert.Matches(@"^http://127\.0\.0\.1:[1-9]\d*$", Assert.Single(server.Host.Addresses));
        Assert.Equal("cpu", server.Host.Device);
        await server.ServesAsync();
    }

    [Fact]
    public async Task StartAsync_PortInUse_NamesTheAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => TestServer.StartAsync(Options(url)));
        Assert.Equal(InferenceError.AddressUnavailable, refusal.Error);
        Assert.Contains(url, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task StartAsync_UnixSocket_ServesAndRemovesItsFile() => WithSocket(async path =>
    {
        await using (var server = await TestServer.StartAsync(Options($"unix:{path}")))
        {
            Assert.Equal([$"unix:{path}"], server.Host.Addresses);
            await server.ServesAsync();
        }

        Assert.False(File.Exists(path));
    });

    [Fact]
    public Task StartAsync_SocketOfAKilledServer_TakesItsPlace() => WithSocket(async path =>
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".dead");
        }

        // Disposing removes the file at the bound path; a kill would not have.
        File.Move(path + ".dead", path);
        await using var server = await TestServer.StartAsync(Options($"unix:{path}"));
        await server.ServesAsync();
    });

    [Fact]
    public Task StartAsync_SocketInUse_IsRefused() => WithSocket(async path =>
    {
        await using var server = await TestServer.StartAsync(Options($"unix:{path}"));
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => TestServer.StartAsync(Options($"unix:{path}")));
        Assert.Equal(InferenceError.AddressUnavailable, refusal.Error);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        await server.ServesAsync();
    });

    [Fact]
    public Task StartAsync_ManyAtOnceOnAStaleSocket_OneServesAndTheOthersAreRefused() => WithSocket(async path =>
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".dead");
        }

        File.Move(path + ".dead", path);
        var servers = new List<TestServer>();
        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                var server = await TestServer.StartAsync(Options($"unix:{path}"));
                lock (servers)
                {
                    servers.Add(server);
                }

                return null;
            }
            catch (InferenceException e)
            {
                return e;
            }
        })));
        var winner = Assert.Single(servers);
        Assert.Equal(7, refusals.Count(refusal => refusal?.Error == InferenceError.AddressUnavailable));
        await winner.ServesAsync();
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        await winner.DisposeAsync();
    });

    [Fact]
    public async Task StartAsync_NoSuchCard_IsRefused()
    {
        var options = Options("http://127.0.0.1:0") with { Device = "cuda:99" };
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => TestServer.StartAsync(options));
        Assert.Equal(InferenceError.DeviceUnavailable, refusal.Error);
        Assert.Contains("cuda:99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_Idle_EndsCompletion()
    {
        await using var server = await TestServer.StartAsync(Options("http://127.0.0.1:0"));
        Assert.False(server.Host.Completion.IsCompleted);
        await server.Host.StopAsync(Cancellation);
        await server.Host.Completion.WaitAsync(Cancellation);
    }

    private static InferenceServerOptions Options(string urls) => new() { Urls = urls, Device = "cpu" };

    private static async Task WithSocket(Func<string, Task> test)
    {
        var folder = Directory.CreateTempSubdirectory("ib-socket-");
        try
        {
            await test(Path.Combine(folder.FullName, "s.sock"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
