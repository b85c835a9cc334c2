using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>Checks names of files before the library opens them, for errors that a person understands.</summary>
internal static class TiffPath
{
    private const int LongestKeptName = 200;

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public static void CheckReadable(string path)
    {
        if (Directory.Exists(path))
        {
            throw TiffErrors.Unreadable(path, "it is a folder; accepted: a TIFF file");
        }

        if (!File.Exists(path))
        {
            throw TiffErrors.Unreadable(path, "there is no such file");
        }

        // Opening a pipe that nobody writes to would wait for ever.
        if (SpecialFile.Exists(path))
        {
            throw TiffErrors.Unreadable(path, "it is a pipe or a device; accepted: a regular file");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (stream.Length == 0)
            {
                throw TiffErrors.Invalid(path, "it is empty; accepted: a TIFF file");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unreadable(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    /// <summary>A name beside <paramref name="path"/> for a file that is not complete yet.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static string Temporary(string path, string suffix)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (Directory.Exists(full) || folder is null)
        {
            throw TiffErrors.Unwritable(path, "it is a folder; accepted: the name of a file");
        }

        if (SpecialFile.Exists(full))
        {
            throw TiffErrors.Unwritable(path, "it is a pipe or a device; accepted: the name of a file");
        }

        if (!Directory.Exists(folder))
        {
            throw TiffErrors.Unwritable(path, $"the folder {folder} does not exist");
        }

        // Names have at most 255 bytes, and this one is longer than the file's own.
        var name = Path.GetFileName(full);
        name = Encoding.UTF8.GetByteCount(name) > LongestKeptName ? "ib" : name;
        return Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.{suffix}");
    }
}
