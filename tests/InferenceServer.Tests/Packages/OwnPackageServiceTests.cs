using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Packages;

/// <summary>Issue 6, bad input, with a network of the program's own on a running server.</summary>
public sealed class OwnPackageServiceTests : IDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-models-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _models.Delete(recursive: true);

    [Fact]
    public async Task Process_ConstantImage_WarnsAndGivesFiniteValues()
    {
        OwnPackage.Write(_models.FullName, "own", stabilise: true);
        await using var server = await StartAsync();

        var outcome = await server.ProcessAsync(Requests.Run("denoise/own", MemoryVolume.FromSingles([.. Enumerable.Repeat(7f, 40 * 40)], new VolumeShape(1, 40, 40))));

        Assert.All(outcome.Result().ToSingles(), value => Assert.True(float.IsFinite(value)));
        Assert.Contains("one value alone", Assert.Single(outcome.Summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_NotANumberOrTooSmall_IsRefused()
    {
        OwnPackage.Write(_models.FullName, "own", stabilise: true);
        await using var server = await StartAsync();
        var holed = MemoryVolume.FromSingles([.. Enumerable.Repeat(1f, 1023), float.NaN], new VolumeShape(1, 32, 32));
        await server.RefusedAsync(Requests.Run("denoise/own", holed), InferenceError.ValueNotFinite, "image");
        await server.RefusedAsync(Requests.Run("denoise/own", Requests.Ramp(new VolumeShape(1, 64, 15))), InferenceError.ShapeInvalid, "image.size_x");
    }

    [Fact]
    public async Task Process_WeightsOfAnotherNetworkOrCorrupt_NamesFileAndField()
    {
        var other = OwnPackage.Write(_models.FullName, "other");
        OwnPackage.Describe(other, "rauden");
        var corrupt = OwnPackage.Write(_models.FullName, "corrupt");
        await using (var file = File.OpenWrite(corrupt))
        {
            file.SetLength(file.Length - 4);
        }

        OwnPackage.Describe(corrupt);
        var changed = OwnPackage.Write(_models.FullName, "changed");
        await File.AppendAllTextAsync(changed, "x", Cancellation);
        var image = Requests.Ramp(new VolumeShape(1, 32, 32));
        await using var server = await StartAsync();

        var shape = await server.RefusedAsync(Requests.Run("denoise/other", image), InferenceError.FileFormatInvalid, OwnPackage.WeightsField);
        Assert.Contains(other, shape.Status.Detail, StringComparison.Ordinal);
        var cut = await server.RefusedAsync(Requests.Run("denoise/corrupt", image), InferenceError.FileFormatInvalid, $"{OwnPackage.WeightsField}.source");
        Assert.Contains(corrupt, cut.Status.Detail, StringComparison.Ordinal);
        await server.RefusedAsync(Requests.Run("denoise/changed", image), InferenceError.OperationNotFound, "operation");
        var reports = (await server.Catalog.SelfTestAsync(new Proto.SelfTestRequest(), cancellationToken: Cancellation)).Reports;
        var report = Assert.Single(reports, report => report.Folder == "changed");
        Assert.Equal($"{OwnPackage.WeightsField}.source", report.Field);
        Assert.Contains("SHA-256", report.Message, StringComparison.Ordinal);
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ModelsFolder = _models.FullName });
}
