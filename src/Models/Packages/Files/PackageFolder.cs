using System.Security.Cryptography;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// The folder of a package. TorchScript is code, so a package reaches nothing outside of its folder: absolute paths, ".." and
/// symbolic links that lead out are refused.
/// </summary>
/// <param name="path">Full path of the folder.</param>
internal sealed class PackageFolder(string path)
{
    /// <summary>Names that a description may have, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> DescriptionNames { get; } = ["bioimageio.yaml", "rdf.yaml", "model.yaml", "bioimageio.yml", "rdf.yml"];

    private readonly string _real = RealPath(path);

    public string FullPath => path;

    /// <summary>The description's file name; null where there is none.</summary>
    public string? DescriptionName => DescriptionNames.FirstOrDefault(name => File.Exists(Path.Combine(path, name)));

    /// <summary>Reads a text file.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public string ReadText(string name)
    {
        try
        {
            return File.ReadAllText(Inside(new FileReference(name, null, "")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(new FileReference(name, null, ""), e.Message, e);
        }
    }

    /// <summary>Full path of a file that the package holds.</summary>
    /// <param name="file">Names it.</param>
    /// <param name="description">File that names it, for errors.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileFormatInvalid"/>: it lies outside; <see cref="InferenceError.FileUnreadable"/>: it is missing.
    /// </exception>
    public string Inside(FileReference file, string description = "")
    {
        var full = Path.GetFullPath(Path.Combine(path, file.Source));
        if (Path.IsPathRooted(file.Source) || !IsWithin(full, Path.GetFullPath(path)))
        {
            throw Outside(file, description, "");
        }

        if (!File.Exists(full))
        {
            throw Unreadable(file with { Field = Label(file, description) }, "there is no such file", null);
        }

        return IsWithin(RealPath(full), _real) ? full : throw Outside(file, description, ", a link out of it");
    }

    /// <summary>Full path of a file whose checksum has been compared.</summary>
    /// <exception cref="InferenceException">As <see cref="Inside"/>; <see cref="InferenceError.FileFormatInvalid"/>: another checksum.</exception>
    public string Verified(FileReference file, string description)
    {
        var full = Inside(file, description);
        if (file.Sha256 is null)
        {
            return full;
        }

        string actual;
        try
        {
            using var stream = File.OpenRead(full);
            actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file with { Field = Label(file, description) }, e.Message, e);
        }

        return actual == file.Sha256
            ? full
            : throw new InferenceException(InferenceError.FileFormatInvalid, Label(file, description),
                $"{Path.Combine(path, file.Source)} has the SHA-256 {actual}; accepted by {description}: {file.Sha256}.");
    }

    private static string Label(FileReference file, string description) => description.Length == 0 ? file.Source : $"{description}:{file.Field}";

    private InferenceException Outside(FileReference file, string description, string how) => new(InferenceError.FileFormatInvalid,
        Label(file, description), $"{Label(file, description)} is \"{file.Source}\"{how}; accepted: a file within the package's folder {path}.");

    private InferenceException Unreadable(FileReference file, string reason, Exception? cause) => new(InferenceError.FileUnreadable,
        file.Field.Length > 0 ? file.Field : file.Source, $"{Path.Combine(path, file.Source)} cannot be read: {reason}.", cause);

    private static bool IsWithin(string full, string folder) =>
        full.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links may be anywhere in a path, so that every part is followed.
    private static string RealPath(string full)
    {
        var resolved = Path.GetPathRoot(Path.GetFullPath(full))!;
        foreach (var part in Path.GetFullPath(full)[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            resolved = info.LinkTarget is null ? next : info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return resolved;
    }
}
