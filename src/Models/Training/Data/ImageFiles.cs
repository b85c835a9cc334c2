namespace InferenceBridge.Models.Training;

/// <summary>Finds training images.</summary>
internal static class ImageFiles
{
    private const string Accepted = "a TIFF file, or a folder with files that end in .tif or .tiff";

    /// <summary>A file itself, or the TIFF files of a folder in the order of their names.</summary>
    /// <param name="field">Name of the setting, for messages.</param>
    /// <param name="path">File or folder.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>: there is none.</exception>
    public static IReadOnlyList<string> Find(string field, string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new InferenceException(InferenceError.FileUnreadable, field, $"{field} {path} does not exist; accepted: {Accepted}.");
        }

        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(path).Where(IsTiff).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, field, $"{field} {path} cannot be read: {fault.Message}", fault);
        }

        return files.Length > 0
            ? files
            : throw new InferenceException(InferenceError.FileUnreadable, field, $"{field} {path} holds no images; accepted: {Accepted}.");
    }

    /// <summary>Pairs files of the same names; single files are a pair whatever their names.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.InputMissing"/>: a noisy image has no clean one.</exception>
    public static IReadOnlyList<(string Noisy, string Clean)> Pair(string data, string? clean)
    {
        var (noisyPath, cleanPath) = (data, clean);
        if (cleanPath is null)
        {
            (noisyPath, cleanPath) = (Path.Combine(data, "noisy"), Path.Combine(data, "clean"));
            if (!Directory.Exists(noisyPath) || !Directory.Exists(cleanPath))
            {
                throw new InferenceException(InferenceError.InputMissing, "clean",
                    $"Mode supervised needs pairs, and {data} has no folders \"noisy\" and \"clean\"; accepted: those, or the clean images "
                    + "given as well, or another mode: noise2noise for repeated frames, neighbours for a stack, noise2void for a single image.");
            }
        }

        var noisy = Find("data", noisyPath);
        var targets = Find("clean", cleanPath);
        if (noisy.Count == 1 && targets.Count == 1)
        {
            return [(noisy[0], targets[0])];
        }

        var byName = targets.ToDictionary(path => Path.GetFileName(path)!, StringComparer.Ordinal);
        return [.. noisy.Select(path => byName.TryGetValue(Path.GetFileName(path), out var target)
            ? (path, target)
            : throw new InferenceException(InferenceError.InputMissing, "clean",
                $"{path} has no clean image: {cleanPath} has no file {Path.GetFileName(path)}; accepted: files of the same names in both."))];
    }

    private static bool IsTiff(string path) =>
        path.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tiff", StringComparison.OrdinalIgnoreCase);
}
