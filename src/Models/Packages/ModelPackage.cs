namespace InferenceBridge.Models.Packages;

/// <summary>A bioimage.io package that was found sound as far as can be told without running it.</summary>
public sealed class ModelPackage
{
    private readonly PackageModel _model;

    private ModelPackage(PackageModel model, string id)
    {
        _model = model;
        TestOperation = PackageRoute.IsTiled(model.Description) ? new TiledPackageOperation(id, model) : new VolumePackageOperation(id, model);
        Operation = FlowOperation.Takes(model.Description) ? new FlowOperation(id, model)
            : DefocusOperation.Takes(model.Description) ? new DefocusOperation(id, model)
            : TestOperation;
    }

    /// <summary>The operation that the package is offered as.</summary>
    public IOperation Operation { get; }

    /// <summary>Full path of its folder.</summary>
    public string Folder => _model.Folder.FullPath;

    /// <summary>Version of the description's format: "0.5.4".</summary>
    public string FormatVersion => _model.Description.FormatVersion;

    /// <summary>True where images are streamed through tile by tile; false where they are held whole in the server.</summary>
    public bool IsTiled => Operation is ITensorOperation;

    /// <summary>True where the package is offered for frames: one of them is in the server at a time.</summary>
    public bool IsOfFrames => Operation is IFrameOperation;

    internal PackageModel Model => _model;

    /// <summary>What runs the test tensors: the network as the description states it.</summary>
    internal IOperation TestOperation { get; }

    /// <summary>
    /// Reads a package's description and compares the checksums of its files. The network is loaded when it is first needed.
    /// </summary>
    /// <param name="path">A folder with a bioimageio.yaml or rdf.yaml, or the path of a description.</param>
    /// <param name="factories">What builds networks that are not TorchScript; null for none.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/> or <see cref="InferenceError.FileFormatInvalid"/>; the field names file and field.
    /// </exception>
    public static ModelPackage Open(string path, IReadOnlyList<INetworkFactory>? factories = null)
    {
        var isFile = File.Exists(path);
        var full = Path.GetFullPath(isFile ? Path.GetDirectoryName(Path.GetFullPath(path))! : path);
        if (!Directory.Exists(full))
        {
            throw new InferenceException(InferenceError.FileUnreadable, path, $"\"{path}\" does not exist; accepted: the folder of a bioimage.io package.");
        }

        var folder = new PackageFolder(full);
        var name = isFile ? Path.GetFileName(path) : folder.DescriptionName ?? throw new InferenceException(InferenceError.FileUnreadable, path,
            $"\"{path}\" holds no description; accepted: a folder with one of {string.Join(", ", PackageFolder.DescriptionNames)}.");
        var description = DescriptionReader.Read(folder.ReadText(name), name);
        foreach (var file in description.Files)
        {
            folder.Verified(file, name);
        }

        return new ModelPackage(new PackageModel(description, folder, factories ?? []), description.Bridge.Operation ?? $"run/{Slug(Path.GetFileName(full))}");
    }

    /// <summary>Runs the package's test tensors, as a job would, and compares the results with those that it states.</summary>
    /// <param name="host">Lends the device; null takes the CPU.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>A report for each output.</returns>
    /// <exception cref="InferenceException">The package cannot be run: file and field.</exception>
    public IReadOnlyList<SelfTestResult> SelfTest(IVolumeJobHost? host = null, CancellationToken cancellation = default)
    {
        using var cpu = new UnsharedCpu(cancellation);
        return PackageSelfTest.Run(this, host ?? cpu);
    }

    // Ids are what people type.
    private static string Slug(string name)
    {
        var slug = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('-', '.');
        return slug.Length > 0 ? slug : "package";
    }
}
