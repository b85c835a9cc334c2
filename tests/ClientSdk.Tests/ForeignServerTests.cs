using System.Net;
using System.Net.Sockets;
using System.Text;
using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Client.Tests;

/// <summary>Addresses behind which no InferenceBridge server lives (issue 3).</summary>
public sealed class ForeignServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-foreign-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static InferenceBridgeClientOptions Once => new() { Retry = new RetryOptions { MaxAttempts = 1 } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, byte[], string> Strangers => new()
    {
        { "web server", Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), "it speaks HTTP/1" },
        { "TLS server", [21, 3, 1, 0, 2, 2, 70], "it speaks TLS" },
        { "random", [200, 17, 3, 99, 250, 1, 0, 7, 7, 3, 2, 1], "it does not speak HTTP/2" },
        { "mail server", Encoding.ASCII.GetBytes("220 mail ESMTP\r\n"), "it does not speak HTTP/2" },
        { "HTTP/2 that refuses", [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13], "it refuses HTTP/2" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task RunAsync_StrangerAnswers_SaysWhatItIsAndTriesOnce(string kind, byte[] answer, string expected)
    {
        await using var stranger = new RawServer(answer);
        await using var client = InferenceBridgeClient.Connect(stranger.Address);

        var error = await FailAsync(client);

        Assert.True(error.Error == InferenceError.ProtocolViolation, $"{kind}: {error.Message}");
        Assert.Contains($"What listens at {stranger.Address} is no InferenceBridge server: {expected};", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, stranger.Accepted);
    }

    [Fact]
    public async Task RunAsync_HangsUp_IsUnreachable()
    {
        await using var stranger = new RawServer([]);
        await using var client = InferenceBridgeClient.Connect(stranger.Address, Once);

        var error = await FailAsync(client);

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("the connection was closed without an answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SaysNothing_EndsAfterTheConnectTimeout()
    {
        await using var stranger = new RawServer(null);
        await using var client = InferenceBridgeClient.Connect(stranger.Address, Once with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await FailAsync(client);

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("says nothing within 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ConnectionDoesNotOpen_EndsAfterTheConnectTimeout()
    {
        // A listener that accepts nobody: once its queue is full, the system answers no further connection.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var waiting = Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        var connecting = waiting.ConvertAll(socket => socket.ConnectAsync(listener.LocalEndPoint!));
        await Task.WhenAny(connecting);
        try
        {
            await using var client = InferenceBridgeClient.Connect(
                $"{listener.LocalEndPoint}", Once with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });

            var error = await FailAsync(client);

            Assert.Equal(InferenceError.ServerUnreachable, error.Error);
            Assert.Contains("within 0.3 s", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            waiting.ForEach(socket => socket.Dispose());
            await Task.WhenAll(connecting).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [Fact]
    public async Task RunAsync_HostUnknown_NamesIt()
    {
        // RFC 6761 keeps ".invalid" free of hosts for ever.
        await using var client = InferenceBridgeClient.Connect("http://no-such-host.invalid:50051", Once);

        var error = await FailAsync(client);

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains("no host named no-such-host.invalid is known", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "there is no such socket file")]
    [InlineData("text", "the file is no socket")]
    [InlineData("folder", "it is a folder")]
    [InlineData("stale", "nobody listens on the socket file any more")]
    public async Task RunAsync_SocketFileUnusable_SaysWhy(string kind, string expected)
    {
        var path = Path.Combine(_folder, "s");
        using var bound = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (kind)
        {
            case "text":
                await File.WriteAllTextAsync(path, "x", Cancellation);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "stale":
                // Bound, but listening no more or not yet: as the file of a server that was killed.
                bound.Bind(new UnixDomainSocketEndPoint(path));
                break;
        }

        await using var client = InferenceBridgeClient.Connect($"unix:{path}", Once);

        var error = await FailAsync(client);

        Assert.Equal(InferenceError.ServerUnreachable, error.Error);
        Assert.Contains($"No server answers at unix:{path} ({expected})", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task RunAsync_RealWebServer_IsNoServerOfOurs(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        await using var web = builder.Build();
        web.MapFallback(context => context.Response.WriteAsync("<html>Welcome</html>"));
        await web.StartAsync(Cancellation);
        await using var client = InferenceBridgeClient.Connect(web.Urls.Single());

        var error = await FailAsync(client);

        Assert.Equal(InferenceError.ProtocolViolation, error.Error);
        Assert.Contains("is no InferenceBridge server", error.Message, StringComparison.Ordinal);
    }

    private static async Task<InferenceException> FailAsync(InferenceBridgeClient client)
    {
        var run = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(new VolumeShape(1, 2, 2)), new RunRequest("test/op"), null, Cancellation));
        Assert.Equal("address", run.Field);
        Assert.DoesNotContain('\n', run.Message);
        return run;
    }
}
