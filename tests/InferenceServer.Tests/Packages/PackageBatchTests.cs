using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBridge.Server.Tests.Packages;

/// <summary>Issue 6: tiles of the same model are batched across streams.</summary>
public sealed class PackageBatchTests : IAsyncLifetime
{
    private const string Operation = "denoise/net";

    // A frame is a tile of its own, so that both jobs have many turns.
    private static readonly VolumeShape Shape = new(100, 1, 1, 32, 32);
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-models-");
    private readonly GatedNetwork _network = new();
    private readonly HttpClient _http = new();
    private TestServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        OwnPackage.Write(_models.FullName, "net", "gated");
        _server = await TestServer.StartAsync(
            new InferenceServerOptions { Urls = "http://127.0.0.1:0", MetricsUrl = "http://127.0.0.1:0", Device = "cpu", ModelsFolder = _models.FullName },
            services: services => services.AddSingleton<INetworkFactory>(_network));
    }

    public async ValueTask DisposeAsync()
    {
        _network.Open();
        await Server.DisposeAsync();
        _http.Dispose();
        _network.Dispose();
        _models.Delete(recursive: true);
        Assert.True(Server.Errors.Count == 0, string.Join(Environment.NewLine, Server.Errors));
    }

    [Fact]
    public async Task Process_TwoJobsAtOnce_AreBatchedAndGetWhatTheyGetAlone()
    {
        var (one, other) = (Image(1), Image(-1));
        var (oneAlone, otherAlone) = (await RunAsync(one), await RunAsync(other));
        var before = await BatchesAsync();
        Assert.Equal((200, 200), before);

        _network.Close();
        var first = RunAsync(one);
        await _network.EnteredAsync();
        var second = RunAsync(other);
        await ComputingAsync(2);
        _network.Open();
        var (oneBeside, otherBeside) = (await first, await second);

        var (batches, blocks) = await BatchesAsync();
        Assert.Equal(400, blocks);
        Assert.InRange(batches, 300, 399);
        Near(oneAlone, oneBeside);
        Near(otherAlone, otherBeside);
        Assert.NotEqual(oneAlone, otherAlone);
    }

    [Fact]
    public async Task Process_OneJobIsCancelled_TheOtherEndsAsAlone()
    {
        var image = Image(-1);
        var alone = await RunAsync(image);

        _network.Close();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var cancelled = Server.Volumes.Process(cancellationToken: source.Token);
        await cancelled.UploadAsync(Operation, Image(1));
        await _network.EnteredAsync();
        var running = RunAsync(image);
        await ComputingAsync(2);
        await source.CancelAsync();
        _network.Open();

        Near(alone, await running);
        await Assert.ThrowsAsync<RpcException>(() => cancelled.DrainAsync());
        await Server.ServesAsync();
    }

    [Fact]
    public async Task Process_OneJobFails_TheOtherEndsAsAlone()
    {
        var image = Image(-1);
        var alone = await RunAsync(image);
        var bad = Image(1);
        PixelConverter.FromSingle(Enumerable.Repeat(60_000f, 1024).ToArray(), PixelType.Float32, bad.Plane(20).Span);

        _network.Close();
        var running = RunAsync(image);
        await _network.EnteredAsync();
        var failing = Server.RefusedAsync(Requests.Run(Operation, bad), InferenceError.ShapeMismatch, "bioimageio.yaml:weights");
        await ComputingAsync(2);
        _network.Open();

        Near(alone, await running);
        await failing;
    }

    [Fact]
    public async Task Process_PackageReplacedWhileItsNetworkRuns_EndsWithTheOldOne()
    {
        var image = Image(1);
        var alone = await RunAsync(image);

        _network.Close();
        var running = RunAsync(image);
        await _network.EnteredAsync();
        Directory.Delete(Path.Combine(_models.FullName, "net"), recursive: true);
        Assert.DoesNotContain(Operation, await OperationsAsync());
        OwnPackage.Write(_models.FullName, "net", "gated");
        Assert.Contains(Operation, await OperationsAsync());
        _network.Open();

        Assert.Equal(alone, await running);
        Assert.NotEqual(alone, await RunAsync(image));
    }

    // Around 0, as networks want it: the sums of large values differ by more.
    private static MemoryVolume Image(float sign) =>
        MemoryVolume.FromSingles(Requests.Ramp(Shape).ToSingles().Select(value => sign * (value - 125)).ToArray(), Shape);

    private static void Near(float[] expected, float[] actual) =>
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-6 * (expected.Max() - expected.Min()));

    private async Task<float[]> RunAsync(MemoryVolume image) => (await Server.ProcessAsync(Requests.Run(Operation, image))).Result().ToSingles();

    private async Task<IEnumerable<string>> OperationsAsync() =>
        (await Server.Catalog.ListOperationsAsync(new Proto.ListOperationsRequest(), cancellationToken: Cancellation)).Operations.Select(operation => operation.Id);

    /// <summary>Runs of the network, and blocks that it was given in them.</summary>
    private async Task<(double Batches, double Blocks)> BatchesAsync()
    {
        var metrics = await ScrapeAsync();
        return (metrics.Value("inferencebridge_network_batch_count", ("operation", Operation), ("device", "cpu")),
            metrics.Value("inferencebridge_network_batch_sum", ("operation", Operation), ("device", "cpu")));
    }

    private async Task ComputingAsync(int jobs)
    {
        while ((await ScrapeAsync()).Value("inferencebridge_jobs_active", ("state", "computing")) < jobs)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<PrometheusParser> ScrapeAsync() => PrometheusParser.Parse(await _http.GetStringAsync(Server.Host.MetricsAddress, Cancellation));
}
