namespace InferenceBridge.Fuzzing.Corpora;

/// <summary>The files that cases are made from.</summary>
/// <param name="Files">Name and content of each, in a fixed order.</param>
internal sealed record Corpus(IReadOnlyList<(string Name, byte[] Bytes)> Files)
{
    /// <summary>Larger files are left out: cases per second matter more than pixels.</summary>
    public const int MaxFileBytes = 32 << 10;

    /// <summary>The generated files, and the small TIFFs of a folder and those below it.</summary>
    /// <param name="folder">The folder; null for none.</param>
    public static Corpus Load(string? folder)
    {
        var files = GeneratedCorpus.Write();
        if (folder is not null)
        {
            files.AddRange(Directory.EnumerateFiles(folder, "*.tif*", SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).Length is > 0 and <= MaxFileBytes)
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetRelativePath(folder, path), File.ReadAllBytes(path))));
        }

        return new Corpus(files);
    }
}
