using InferenceBridge.Models;
using InferenceBridge.Models.Packages;
using InferenceBridge.Server.Diagnostics;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Packages;

/// <summary>Keeps the catalogue's packages as they are on disk. Jobs hold on to what they began with.</summary>
internal sealed class PackageCatalog
{
    private readonly Lock _lock = new();
    private readonly OperationCatalog _catalog;
    private readonly PackageStore _store;
    private readonly ILogger _logger;

    public PackageCatalog(OperationCatalog catalog, InferenceServerOptions options, IEnumerable<INetworkFactory> factories, ILogger<PackageCatalog> logger)
    {
        (_catalog, _logger) = (catalog, logger);
        _store = new PackageStore(Folders(options), [.. NetworkFactories.All, .. factories], catalog.FixedIds);
        catalog.Refresh = Refresh;
    }

    /// <summary>Folders that hold packages.</summary>
    public IReadOnlyList<string> Watched => [.. _store.Folders.Where(Directory.Exists)];

    /// <summary>What the last look found.</summary>
    public IReadOnlyList<PackageEntry> Entries => _store.Entries;

    /// <summary>Looks at the folders and offers what is there.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            var changes = _store.Refresh();
            if (changes.Count == 0)
            {
                return;
            }

            _catalog.SetPackages(_store.Operations);
            foreach (var (before, after) in changes)
            {
                Tell(before, after);
            }
        }
    }

    // Those that the program brings, beside those of its owner.
    private static string[] Folders(InferenceServerOptions options) =>
        [.. new[] { Path.Combine(AppContext.BaseDirectory, "models"), options.ModelsFolder }.Where(folder => folder.Length > 0)];

    private void Tell(PackageEntry? before, PackageEntry? after)
    {
        if (after?.Package?.Operation.Declaration is { } offered)
        {
            Log.PackageOffered(_logger, after.Folder, offered.Id, offered.Provenance.WeightsSha256);
            return;
        }

        if (before?.Package?.Operation.Declaration is { } gone)
        {
            Log.PackageGone(_logger, before.Folder, gone.Id);
        }

        if (after?.Fault is { } fault)
        {
            Log.PackageFaulty(_logger, after.Folder, fault.Field, fault.Message);
        }
    }
}
