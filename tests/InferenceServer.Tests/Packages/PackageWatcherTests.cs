using InferenceBridge.Models.Packages;
using InferenceBridge.Models;
using InferenceBridge.Server.Packages;
using Microsoft.Extensions.Logging.Abstractions;

namespace InferenceBridge.Server.Tests.Packages;

public sealed class PackageWatcherTests : IDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-models-");

    public void Dispose() => _models.Delete(recursive: true);

    [Fact]
    public async Task Start_FolderChangesLater_IsSeenWithoutBeingAsked()
    {
        var catalog = new OperationCatalog([]);
        var packages = new PackageCatalog(catalog, new InferenceServerOptions { ModelsFolder = _models.FullName }, [], NullLogger<PackageCatalog>.Instance);
        using var watcher = new PackageWatcher(packages, TimeProvider.System, NullLogger<PackageWatcher>.Instance);
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(packages.Entries, IsNew);

        // Staged elsewhere and moved in, as docs/packages.md advises.
        var staged = Directory.CreateTempSubdirectory("ib-staged-").FullName;
        await File.WriteAllTextAsync(Path.Combine(staged, "bioimageio.yaml"), "format_version: 9", TestContext.Current.CancellationToken);
        Directory.Move(staged, Path.Combine(_models.FullName, "net"));

        var seen = SpinWait.SpinUntil(() => packages.Entries.Any(IsNew), TimeSpan.FromSeconds(60));
        Assert.True(seen, "The package was not seen.");
        Assert.Equal("bioimageio.yaml:format_version", packages.Entries.Single(IsNew).Fault!.Field);

        // Shipped packages lie beside the program.
        static bool IsNew(PackageEntry entry) => Path.GetFileName(entry.Folder) == "net";
    }
}
