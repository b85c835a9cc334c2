using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>An operation with parameters, under the name that figures have.</summary>
/// <param name="Name">Part of the figures' names.</param>
/// <param name="Id">Id of the operation.</param>
/// <param name="Parameters">Those that are not the defaults.</param>
internal sealed record DenoisingMethod(string Name, string Id, params (string Name, object Value)[] Parameters)
{
    private const string ModelsVariable = "INFERENCEBRIDGE__MODELSFOLDER";
    private const string Fusion = "denoise/tridefusion";
    private static readonly string[] Networks = ["denoise/rauden", "denoise/rauden-lite"];

    private static readonly DenoisingMethod[] Classical =
    [
        new("gaussian", "denoise/gaussian", ("sigma_xy", 1.5)),
        new("median", "denoise/median", ("radius_xy", 2L)),
        new("nlm", "denoise/nlm"),
        new("nlm_anscombe", "denoise/nlm", ("anscombe", true)),
    ];

    /// <summary>True where slices are compared, so that a single one is what the network gives.</summary>
    public bool ComparesSlices => Id == Fusion;

    /// <summary>The operations with the packages of the repository and of the server's models folder.</summary>
    public static OperationCatalog Catalog(string root, Action<string> log)
    {
        string[] folders = [Path.Combine(root, "models"), .. new[] { Environment.GetEnvironmentVariable(ModelsVariable) ?? "" }.Where(folder => folder.Length > 0)];
        var catalog = new OperationCatalog(BuiltInOperations.All);
        var store = new PackageStore(folders, NetworkFactories.All, catalog.FixedIds);
        store.Refresh();
        foreach (var fault in store.Entries.Where(entry => entry.Fault is not null))
        {
            log($"{fault.Folder} is left out: {fault.Fault!.Message}");
        }

        catalog.SetPackages(store.Operations);
        return catalog;
    }

    /// <summary>All methods for which there is what they need.</summary>
    public static IReadOnlyList<DenoisingMethod> All(OperationCatalog catalog)
    {
        var there = Networks.Where(id => catalog.Operations.Any(operation => operation.Declaration.Id == id)).ToArray();
        var fusions = there.Select(id => new DenoisingMethod($"tridefusion_{Short(id)}", Fusion, ("network", id)));
        return [.. Classical, .. there.Select(id => new DenoisingMethod(Short(id), id)), .. fusions];
    }

    /// <summary>The result on a stack.</summary>
    public MemoryVolume Run(OperationCatalog catalog, MemoryVolume image)
    {
        using var operation = Operation(catalog, image);
        operation.Run();
        return MemoryVolume.FromSingles([.. operation.Result], image.Info.Shape);
    }

    /// <summary>The operation on a stack, to be run.</summary>
    public InProcessOperation Operation(OperationCatalog catalog, MemoryVolume image) =>
        new(Id, Parameters.ToDictionary(pair => pair.Name, pair => pair.Value), image, new Dictionary<string, MemoryVolume>(), catalog);

    private static string Short(string id) => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('-', '_');
}
