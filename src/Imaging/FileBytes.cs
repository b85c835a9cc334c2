namespace InferenceBridge.Imaging;

/// <summary>Sizes of files.</summary>
internal static class FileBytes
{
    /// <summary>The bytes of a file, behind links: a link's own length is that of the path that it holds.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public static long Of(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
    }
}
