using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Kestrel with plain HTTP/2, on a port of the system's choice and on a Unix socket.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly WebApplication _app;

    private TestServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.ListenUnixSocket(SocketPath, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(Log);
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<LoggingInterceptor>();
            options.ResponseCompressionAlgorithm = "gzip";
            options.ResponseCompressionLevel = CompressionLevel.Fastest;
        });
        _app = builder.Build();
        _app.MapGrpcService<NumbersService>();
    }

    /// <summary>What the server saw.</summary>
    public CallLog Log { get; } = new();

    private string Address => _app.Urls.Single(url => url.StartsWith("http://127.", StringComparison.Ordinal));

    private string SocketPath => Path.Combine(_folder.FullName, "s");

    public static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        await server._app.StartAsync();
        return server;
    }

    public GrpcChannel Connect(GrpcChannelOptions? options = null) =>
        GrpcChannel.ForAddress(Address, options ?? new GrpcChannelOptions());

    public GrpcChannel ConnectToSocket()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress(
            "http://socket", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
