using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>Names of files that a command will write, checked before it computes for minutes.</summary>
internal static class OutputFile
{
    private static readonly string[] Suffixes = [".ome.tiff", ".ome.tif", ".tiff", ".tif"];

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void CheckWritable(string path)
    {
        if (path.Length == 0 || Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw Unwritable(path, "it is a folder; accepted: the name of a file");
        }

        if (SpecialFile.Exists(path))
        {
            throw Unwritable(path, "it is a pipe or a device; accepted: the name of a file");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw Unwritable(path, $"the folder {folder} does not exist");
        }

        // Asking for permissions says little about read-only disks and network shares; trying tells.
        try
        {
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.probe");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, $"the folder {folder} is not writable", exception);
        }
    }

    /// <summary>Checks the name of a folder that will be made, or filled.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void CheckFolder(string path)
    {
        if (path.Length == 0 || File.Exists(path) || SpecialFile.Exists(path))
        {
            throw Unwritable(path, "it is a file; accepted: the name of a folder");
        }

        CheckWritable(Path.Combine(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}"));
    }

    /// <summary>The name of a file that belongs to another: "stack.ome.tif" and "psf" make "stack-psf.ome.tif".</summary>
    public static string Beside(string path, string part)
    {
        var suffix = Array.Find(Suffixes, s => path.EndsWith(s, StringComparison.OrdinalIgnoreCase)) ?? "";
        var stem = path[..^suffix.Length];
        return $"{stem}-{part}{(suffix.Length == 0 ? ".tif" : path[^suffix.Length..])}";
    }

    private static InferenceException Unwritable(string path, string why, Exception? cause = null) =>
        new(InferenceError.FileUnwritable, "output", $"Output {path} cannot be written: {why}.", cause);
}
