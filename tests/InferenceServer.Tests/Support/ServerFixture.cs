using System.Net.Sockets;
using Grpc.Net.Client;
using InferenceBridge.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>One server on a free port, and a channel to it, for the tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("ib-scratch-");
    private TestServer? _server;

    /// <summary>Folder where the server spools images.</summary>
    public string Scratch => _scratch.FullName;

    public TestOperations Operations { get; } = new();

    internal TestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        new InferenceServerOptions
        {
            Urls = "http://127.0.0.1:0",
            Device = "cpu",
            MaxVolumeBytes = 1 << 20,
            MaxAuxiliaryBytes = 64 << 10,
            ScratchDirectory = Scratch,
        },
        [.. BuiltInOperations.All, .. Operations.All]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _scratch.Delete(recursive: true);
        Assert.True(Server.Errors.Count == 0, string.Join(Environment.NewLine, Server.Errors));
    }
}

/// <summary>A server on a real socket with a channel to it; what it logs as an error is kept.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ErrorLog _log;

    private TestServer(InferenceServerHost host, ErrorLog log)
    {
        (Host, _log) = (host, log);
        Channel = Connect(host.Addresses[0]);
    }

    public InferenceServerHost Host { get; }

    public GrpcChannel Channel { get; }

    public IReadOnlyCollection<string> Errors => _log.Errors;

    public Proto.VolumeService.VolumeServiceClient Volumes => new(Channel);

    public Proto.CatalogService.CatalogServiceClient Catalog => new(Channel);

    public static async Task<TestServer> StartAsync(
        InferenceServerOptions options, IReadOnlyList<IOperation>? operations = null, Action<IServiceCollection>? services = null)
    {
        var log = new ErrorLog();
        var catalog = operations is null ? null : new OperationCatalog(operations);
        var host = await InferenceServerHost.StartAsync(options, catalog, logging => logging.AddProvider(log), services, TestContext.Current.CancellationToken);
        return new TestServer(host, log);
    }

    public static GrpcChannel Connect(string address)
    {
        if (!address.StartsWith("unix:", StringComparison.Ordinal))
        {
            return GrpcChannel.ForAddress(address);
        }

        var endPoint = new UnixDomainSocketEndPoint(address["unix:".Length..]);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(endPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Host.DisposeAsync();
    }
}
