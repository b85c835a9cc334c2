using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Packages;

/// <summary>Model packages on a running server.</summary>
public sealed class PackageServiceTests : IDisposable
{
    private static readonly string[] Plane = ["channel: 1", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"];
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-models-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _models.Delete(recursive: true);

    [Fact]
    public async Task Process_Package_RunsAsAnOperation()
    {
        Write("plus", "plus1");
        await using var server = await StartAsync();
        var image = Requests.Ramp(new VolumeShape(2, 2, 3, 9, 8));

        var outcome = await server.ProcessAsync(Requests.Run("run/plus", image));

        Assert.Equal(image.ToSingles().Select(value => value + 1), outcome.Result().ToSingles());
        Assert.Equal(PixelType.Float32, outcome.Result().Info.PixelType);
        Assert.False(outcome.Accepted.Spools);
        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(_models.FullName, "plus", "weights.pt"), Cancellation)));
        Assert.Equal(sha, outcome.Summary.WeightsSha256);
        Assert.Equal("y 0 to either side, x 0 to either side", outcome.Summary.Details["network_context"]);
        var described = await server.Catalog.DescribeOperationAsync(new Proto.DescribeOperationRequest { Id = "run/plus" }, cancellationToken: Cancellation);
        Assert.Equal(sha, described.Provenance.WeightsSha256);
        Assert.Equal(("MIT", "nobody, doi:10.1/x"), (described.Provenance.Licence, described.Provenance.Citation));
    }

    [Fact]
    public async Task Process_NormalisingPackage_TakesStatisticsOfTheWholeChannel()
    {
        Write("norm", "plus1", "[{id: scale_range, kwargs: {axes: [channel, y, x], min_percentile: 0, max_percentile: 100, eps: 1.0e-9}}]");
        await using var server = await StartAsync();
        var image = Requests.Ramp(new VolumeShape(2, 2, 3, 40, 50));

        var outcome = await server.ProcessAsync(Requests.Run("run/norm", image));

        Assert.True(outcome.Accepted.Spools);
        Assert.Equal(2000 * 6, image.ToSingles().Length / 2);
        Assert.Equal(image.ToSingles().Select(value => 1 + (value / 250)), outcome.Result().ToSingles(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public async Task Process_TriDeFusion_ComparesFramesOfAMovieAsSlicesOfAStack()
    {
        Write("plus", "plus1", "[]", "config: {inferencebridge: {operation: denoise/plus}}");
        await using var server = await StartAsync();
        var movie = Requests.Ramp(new VolumeShape(6, 1, 1, 20, 24));
        var stack = MemoryVolume.FromSingles(movie.ToSingles(), new VolumeShape(6, 20, 24));
        var expected = await server.ProcessAsync(Fusion(stack));
        var outcome = await server.ProcessAsync(Fusion(movie));

        Assert.Equal(expected.Result().ToSingles(), outcome.Result().ToSingles());
        Assert.Equal(movie.Info.Shape, outcome.Result().Info.Shape);
        Assert.Equal("denoise/plus", outcome.Summary.Details["model"]);
        Assert.True(outcome.Result().ToSingles().Zip(movie.ToSingles(), (a, b) => Math.Abs(a - b - 1)).Max() > 1, "No frame was compared with another.");

        static IEnumerable<Proto.ProcessRequest> Fusion(MemoryVolume image)
        {
            var declaration = Requests.Declare("denoise/tridefusion", Requests.Describe(image.Info.Shape, image.Info.PixelType));
            declaration.Parameters["network"] = new Proto.ParameterValue { Choice = "denoise/plus" };
            declaration.Parameters["noise_left"] = new Proto.ParameterValue { Number = 60 };
            return [Requests.Message(declaration), .. Requests.Chunks(image)];
        }
    }

    [Fact]
    public async Task Process_PoolingPackageUnderAnyBudget_GivesTheSame()
    {
        string[] axes = ["channel: 1", "y: {min: 8, step: 4}", "x: {min: 8, step: 4}"];
        TestNetworks.Write(_models.FullName, "pool", "pool", axes, "[{id: zero_mean_unit_variance, kwargs: {axes: [channel, y, x]}}]");
        await using var large = await StartAsync();
        await using var small = await StartAsync(2 << 20);
        var image = Requests.Ramp(new VolumeShape(1, 1, 9, 300, 211));

        var whole = await large.ProcessAsync(Requests.Run("run/pool", image));
        var tiled = await small.ProcessAsync(Requests.Run("run/pool", image));

        Assert.True(tiled.Accepted.TilePlan.Tiles > whole.Accepted.TilePlan.Tiles, $"{tiled.Accepted.TilePlan}");
        var (expected, got) = (whole.Result().ToSingles(), tiled.Result().ToSingles());
        Assert.InRange(expected.Zip(got, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4 * (expected.Max() - expected.Min()));
    }

    [Fact]
    public async Task Process_TwoChannelPackage_RunsAndRefusesOthers()
    {
        TestNetworks.Write(_models.FullName, "mix", "mix", ["channel: 2", .. Plane[1..]],
            outputs: ["channel: 3", "y: {tensor_id: raw, axis_id: y}", "x: {tensor_id: raw, axis_id: x}"]);
        await using var server = await StartAsync();

        var outcome = await server.ProcessAsync(Requests.Run("run/mix", Requests.Ramp(new VolumeShape(1, 2, 3, 6, 5))));

        Assert.Equal(new VolumeShape(1, 3, 3, 6, 5), outcome.Result().Info.Shape);
        Assert.Equal("cpu", outcome.Summary.Device);
        await server.RefusedAsync(Requests.Run("run/mix", Requests.Ramp(new VolumeShape(1, 3, 3, 6, 5))), InferenceError.ShapeMismatch, "image.size_c");
    }

    [Fact]
    public async Task Process_TooSmallOrNotANumber_IsRefused()
    {
        TestNetworks.Write(_models.FullName, "pool", "pool", ["channel: 1", "y: {min: 16, step: 4}", "x: {min: 16, step: 4}"]);
        await using var server = await StartAsync();

        await server.RefusedAsync(Requests.Run("run/pool", Requests.Ramp(new VolumeShape(1, 1, 2, 7, 30))), InferenceError.ShapeInvalid, "image.size_y");
        var holed = MemoryVolume.FromSingles([.. Enumerable.Repeat(1f, 1023), float.NaN], new VolumeShape(1, 32, 32));
        await server.RefusedAsync(Requests.Run("run/pool", holed), InferenceError.ValueNotFinite, "image");
    }

    [Fact]
    public async Task Process_ConstantImage_WarnsAndGivesFiniteValues()
    {
        Write("norm", "plus1", "[{id: zero_mean_unit_variance, kwargs: {axes: [channel, y, x]}}]");
        await using var server = await StartAsync();

        var outcome = await server.ProcessAsync(Requests.Run("run/norm", MemoryVolume.FromSingles([.. Enumerable.Repeat(7f, 12)], new VolumeShape(1, 3, 4))));

        Assert.All(outcome.Result().ToSingles(), value => Assert.Equal(1, value));
        Assert.Contains("one value alone", Assert.Single(outcome.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListOperations_PackagesComeChangeAndGo_AreAsOnDisk()
    {
        await using var server = await StartAsync();
        Assert.Empty(await PackagesAsync(server));

        Write("net", "plus1");
        Assert.Equal(["run/net"], await PackagesAsync(server));
        Assert.Equal(5 + 1, (await RunOneAsync(server, 5))[0]);

        Write("net", "plus2");
        Assert.Equal(["run/net"], await PackagesAsync(server));
        Assert.Equal(5 + 2, (await RunOneAsync(server, 5))[0]);

        Directory.Delete(Path.Combine(_models.FullName, "net"), recursive: true);
        Assert.Empty(await PackagesAsync(server));
        await server.RefusedAsync(Requests.Run("run/net", Requests.Ramp(new VolumeShape(1, 2, 2))), InferenceError.OperationNotFound, "operation");
    }

    [Fact]
    public async Task Process_PackageReplacedAndRemovedMeanwhile_EndsWithTheOldNetwork()
    {
        Write("net", "plus1", "[{id: scale_range, kwargs: {axes: [channel, y, x], min_percentile: 1}}]");
        await using var server = await StartAsync();
        var image = Requests.Ramp(new VolumeShape(3, 20, 20));
        var expected = (await server.ProcessAsync(Requests.Run("run/net", image))).Result().ToSingles();

        using var call = server.Volumes.Process(cancellationToken: Cancellation);
        var messages = Requests.Run("run/net", image).ToArray();
        await call.RequestStream.WriteAsync(messages[0], Cancellation);
        var accepted = await call.FirstAsync(message => message.KindCase == Proto.ProcessResponse.KindOneofCase.Accepted);
        Write("net", "plus2");
        Assert.Equal(["run/net"], await PackagesAsync(server));
        Directory.Delete(Path.Combine(_models.FullName, "net"), recursive: true);
        Assert.Empty(await PackagesAsync(server));
        foreach (var message in messages.Skip(1))
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        var received = new List<Proto.ProcessResponse> { accepted };
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            received.Add(call.ResponseStream.Current);
        }

        Assert.Equal(expected, new Outcome(received).Result().ToSingles());
    }

    [Fact]
    public async Task SelfTest_SoundAndBrokenPackages_ReportsEach()
    {
        Write("a-sound", "plus1", more: "", tests: true);
        Write("b-wrong", "plus2", more: "", tests: true);
        Write("c-broken", "plus1");
        await File.WriteAllTextAsync(Path.Combine(_models.FullName, "c-broken", "bioimageio.yaml"), "format_version: 9.9.9", Cancellation);
        Write("d-corrupt", "plus1");
        await File.AppendAllTextAsync(Path.Combine(_models.FullName, "d-corrupt", "weights.pt"), "x", Cancellation);
        await using var server = await StartAsync();

        var reports = (await server.Catalog.SelfTestAsync(new Proto.SelfTestRequest(), cancellationToken: Cancellation)).Reports
            .Where(report => Directory.Exists(Path.Combine(_models.FullName, report.Folder))).ToArray();

        Assert.Equal(["a-sound", "b-wrong", "c-broken", "d-corrupt"], reports.Select(report => report.Folder));
        Assert.Equal([true, false, false, false], reports.Select(report => report.Passed));
        Assert.Equal(("run/a-sound", "cpu"), (reports[0].Operation, reports[0].Device));
        Assert.Equal(1, Assert.Single(reports[1].Outputs).LargestDifference, 6);
        Assert.Equal(("", "bioimageio.yaml:format_version"), (reports[2].Operation, reports[2].Field));
        Assert.Equal("bioimageio.yaml:weights.torchscript.source", reports[3].Field);
        var one = await server.Catalog.SelfTestAsync(new Proto.SelfTestRequest { Operation = "run/a-sound" }, cancellationToken: Cancellation);
        Assert.True(Assert.Single(one.Reports).Passed);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Catalog.SelfTestAsync(new Proto.SelfTestRequest { Operation = "denoise/nlm" }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Contains("run/a-sound", refusal.Status.Detail, StringComparison.Ordinal);
        await server.ServesAsync();
    }

    [Fact]
    public async Task SelfTest_PublishedPackages_PassAndTheInvalidDescriptionIsRefused()
    {
        var published = RealData.Require("models/unet2d_nuclei_broad");
        CopyFolder(published, "nuclei");
        CopyFolder(RealData.Require("models/unet2d_multi_tensor"), "multi");
        CopyFolder(published, "wrong");
        File.Copy(Path.Combine(published, "invalid_v0_4_0_duplicate_tensor_names.bioimageio.yaml"), Path.Combine(_models.FullName, "wrong", "bioimageio.yaml"), overwrite: true);
        await using var server = await StartAsync();

        var all = (await server.Catalog.SelfTestAsync(new Proto.SelfTestRequest(), cancellationToken: Cancellation)).Reports;

        // Beside those that come with the program, which pass too.
        var reports = all.Where(report => Directory.Exists(Path.Combine(_models.FullName, report.Folder))).ToArray();
        Assert.All(all.Except(reports), report => Assert.True(report.Passed, report.Message));
        Assert.Equal(["multi", "nuclei", "wrong"], reports.Select(report => report.Folder));
        Assert.True(reports[0].Passed, reports[0].Message);
        Assert.True(reports[1].Passed, reports[1].Message);
        Assert.Equal((false, "bioimageio.yaml:outputs[0].name"), (reports[2].Passed, reports[2].Field));
        Assert.Contains("\"data\"", reports[2].Message, StringComparison.Ordinal);
        Assert.Equal(["run/multi", "run/nuclei"], (await PackagesAsync(server)).Order());
    }

    [Fact]
    public async Task Start_ModelsFolderMissing_IsAFaultOfTheSettings()
    {
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => TestServer.StartAsync(
            new InferenceServerOptions { Urls = "http://127.0.0.1:0", ModelsFolder = Path.Combine(_models.FullName, "none") }));
        Assert.Equal("InferenceBridge:ModelsFolder", refusal.Field);
    }

    private static async Task<float[]> RunOneAsync(TestServer server, float value) =>
        (await server.ProcessAsync(Requests.Run("run/net", MemoryVolume.FromSingles([value, value, value, value + 1], new VolumeShape(1, 2, 2))))).Result().ToSingles();

    private static async Task<IEnumerable<string>> PackagesAsync(TestServer server) =>
        (await server.Catalog.ListOperationsAsync(new Proto.ListOperationsRequest { Task = "run" }, cancellationToken: Cancellation)).Operations.Select(operation => operation.Id);

    private void CopyFolder(string source, string id)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_models.FullName, id)).FullName;
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    // A package of planes of any size; its stated output is one more than its input.
    private void Write(string id, string network, string steps = "[]", string more = "", bool tests = false)
    {
        var folder = TestNetworks.Write(_models.FullName, id, network, Plane, steps, more);
        if (!tests)
        {
            return;
        }

        WriteNpy(Path.Combine(folder, "in.npy"), [1, 2, 3, 4]);
        WriteNpy(Path.Combine(folder, "out.npy"), [2, 3, 4, 5]);
        var description = Path.Combine(folder, "bioimageio.yaml");
        File.WriteAllText(description, File.ReadAllText(description)
            .Replace("{id: raw,", "{id: raw, test_tensor: {source: in.npy},", StringComparison.Ordinal)
            .Replace("{id: out,", "{id: out, test_tensor: {source: out.npy},", StringComparison.Ordinal));
    }

    private static void WriteNpy(string path, float[] values)
    {
        var header = System.Text.Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 2), }\n");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. values.SelectMany(BitConverter.GetBytes)]);
    }

    private Task<TestServer> StartAsync(long budget = 1L << 32) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ModelsFolder = _models.FullName, MemoryBudgetBytes = budget });
}
