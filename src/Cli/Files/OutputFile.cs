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

    /// <summary>Checks that no two outputs, and no output but OUTPUT and input, are the same file.</summary>
    /// <param name="inputs">Files that are read.</param>
    /// <param name="outputs">Options with the files that they name; null where an option is not given.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>.</exception>
    public static void CheckDistinct(IEnumerable<string> inputs, params (string Option, string? Path)[] outputs)
    {
        var seen = inputs.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        foreach (var (option, path) in outputs)
        {
            if (path is not null && !seen.Add(Path.GetFullPath(path)))
            {
                throw new InferenceException(InferenceError.UsageInvalid, option, $"--{option} is {path}, which is another file of the job; accepted: a name of its own.");
            }
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
