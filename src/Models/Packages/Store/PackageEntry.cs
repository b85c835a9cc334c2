namespace InferenceBridge.Models.Packages;

/// <summary>A folder among the models, and what became of it.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Package">The package; null where it cannot be offered.</param>
/// <param name="Fault">Why it cannot be offered; null where it can.</param>
public sealed record PackageEntry(string Folder, ModelPackage? Package, InferenceException? Fault)
{
    /// <summary>What tells whether its files have changed.</summary>
    internal string Stamp { get; init; } = "";

    /// <summary>True where nothing but its id is wrong, which another folder may give back.</summary>
    internal bool IsDuplicate { get; init; }
}
