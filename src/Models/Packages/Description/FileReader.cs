namespace InferenceBridge.Models.Packages;

/// <summary>References to files.</summary>
internal static class FileReader
{
    /// <param name="source">Names the file.</param>
    /// <param name="sha256">Its checksum; may be missing.</param>
    public static FileReference Read(YamlField source, YamlField sha256)
    {
        var path = source.RequireText();
        if (path.Length == 0 || path.Contains("://", StringComparison.Ordinal))
        {
            throw source.Fault("a file in the package's folder, since this server fetches nothing");
        }

        var hash = sha256.Text;
        if (hash is not null && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            throw sha256.Fault("64 hexadecimal digits");
        }

        return new FileReference(path, hash?.ToLowerInvariant(), source.Path);
    }
}
