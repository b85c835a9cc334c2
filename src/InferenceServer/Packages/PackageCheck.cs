using InferenceBridge.Models;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Server;

/// <summary>What a package is and whether it gives its stated outputs.</summary>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Operation">Id that a server would offer it as.</param>
/// <param name="FormatVersion">Version of the description's format.</param>
/// <param name="IsTiled">True where images are streamed through tile by tile; false where a server holds them whole.</param>
/// <param name="Declaration">What the catalogue would say of it.</param>
/// <param name="Outputs">A report for each output.</param>
public sealed record PackageReport(
    string Folder, string Operation, string FormatVersion, bool IsTiled, OperationDeclaration Declaration, IReadOnlyList<SelfTestResult> Outputs)
{
    /// <summary>True where it is offered for the frames of movies and live streams.</summary>
    public bool IsOfFrames { get; init; }

    /// <summary>True where every output is within the tolerance that the package states.</summary>
    public bool Passed => Outputs.All(output => output.Passed);
}

/// <summary>Checks packages without a server.</summary>
public static class PackageCheck
{
    /// <summary>Reads a package, compares the checksums of its files, loads its network and runs its test tensors, on the CPU.</summary>
    /// <param name="path">A package's folder, or the path of a description in it.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="InferenceException">It cannot be offered, or not be run: file and field.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PackageReport Run(string path, CancellationToken cancellation = default)
    {
        var package = ModelPackage.Open(path, NetworkFactories.All);
        var declaration = package.Operation.Declaration;
        return new PackageReport(
            package.Folder, declaration.Id, package.FormatVersion, package.IsTiled, declaration, package.SelfTest(cancellation: cancellation))
        {
            IsOfFrames = package.IsOfFrames,
        };
    }
}
