using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>A real gRPC server that does what a test tells it to, also what no server should.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ScriptedServer(WebApplication application, string address) => (_application, Address) = (application, address);

    public string Address { get; }

    /// <summary>Number of calls of Process that have come.</summary>
    public int Jobs => _application.Services.GetRequiredService<VolumeScript>().Calls;

    /// <summary>Cuts the connections of all jobs, as a crash or a pulled cable would.</summary>
    public void DropJobs() => _application.Services.GetRequiredService<VolumeScript>().Drop();

    public static Task<ScriptedServer> StartAsync(JobScript script, Proto.CatalogService.CatalogServiceBase? catalog = null) =>
        StartAsync(script, catalog, null);

    public static Task<ScriptedServer> StartOnSocketAsync(JobScript script, string path) => StartAsync(script, null, path);

    public InferenceBridgeClient Connect(InferenceBridgeClientOptions? options = null) =>
        InferenceBridgeClient.Connect(Address, options);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private static async Task<ScriptedServer> StartAsync(
        JobScript script, Proto.CatalogService.CatalogServiceBase? catalog, string? socketPath)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
            if (socketPath is null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            }
            else
            {
                kestrel.ListenUnixSocket(socketPath, listen => listen.Protocols = HttpProtocols.Http2);
            }
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(new VolumeScript(script));
        builder.Services.AddSingleton(catalog ?? new EmptyCatalog());
        var application = builder.Build();
        application.MapGrpcService<VolumeScript>();
        application.MapGrpcService<Proto.CatalogService.CatalogServiceBase>();
        await application.StartAsync(TestContext.Current.CancellationToken);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new ScriptedServer(application, socketPath is null ? address : $"unix:{socketPath}");
    }

    private sealed class EmptyCatalog : Proto.CatalogService.CatalogServiceBase;
}

/// <summary>What the server does with a job.</summary>
internal delegate Task JobScript(ScriptedJob job);

/// <summary>One call of Process, seen from the server.</summary>
/// <param name="Number">Number of the call, from 1.</param>
/// <param name="Requests">What the client sends.</param>
/// <param name="Responses">Where answers go.</param>
/// <param name="Context">The call.</param>
internal sealed record ScriptedJob(
    int Number, IAsyncStreamReader<Proto.ProcessRequest> Requests, IServerStreamWriter<Proto.ProcessResponse> Responses,
    ServerCallContext Context)
{
    /// <summary>Reads the declaration.</summary>
    public async Task<Proto.Declaration> ReadDeclarationAsync()
    {
        Assert.True(await Requests.MoveNext());
        return Requests.Current.Declaration;
    }

    /// <summary>Reads to the client's half-close.</summary>
    public async Task<List<Proto.Chunk>> ReadChunksAsync()
    {
        var chunks = new List<Proto.Chunk>();
        while (await Requests.MoveNext())
        {
            chunks.Add(Requests.Current.Chunk);
        }

        return chunks;
    }

    /// <summary>Waits until the client cancels the call.</summary>
    public async Task CancelledAsync()
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = Context.CancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    /// <summary>Cuts the connection, as a crash or a pulled cable would.</summary>
    public void DropConnection() =>
        Context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()!.Abort();
}

/// <summary>The generated service, over a script.</summary>
internal sealed class VolumeScript(JobScript script) : Proto.VolumeService.VolumeServiceBase
{
    private readonly ConcurrentDictionary<int, ScriptedJob> _jobs = [];
    private int _calls;

    public int Calls => _calls;

    public void Drop()
    {
        foreach (var job in _jobs.Values)
        {
            job.DropConnection();
        }
    }

    public override async Task Process(
        IAsyncStreamReader<Proto.ProcessRequest> requestStream, IServerStreamWriter<Proto.ProcessResponse> responseStream,
        ServerCallContext context)
    {
        var job = new ScriptedJob(Interlocked.Increment(ref _calls), requestStream, responseStream, context);
        _jobs[job.Number] = job;
        try
        {
            await script(job);
        }
        finally
        {
            _jobs.TryRemove(job.Number, out _);
        }
    }
}
