using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>Room on disks for files that are about to be written.</summary>
internal static class DiskSpace
{
    /// <summary>Refuses a file that its disk has no room for.</summary>
    /// <param name="path">File to write, in a folder that exists.</param>
    /// <param name="bytes">Size that it will have, scratch files beside it included.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Require(string path, long bytes)
    {
        if (FreeBytes(path) is { } free && free < bytes)
        {
            throw TiffErrors.Unwritable(path, $"it takes {Count(bytes)} bytes, and {Folder(path)} has {Count(free)} bytes free");
        }
    }

    /// <summary>
    /// Whether an exception says that the system does not write any more. A file that may not grow so far (EFBIG) is an
    /// argument out of range to the library.
    /// </summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Says why writing stopped: a full disk is named as such, since the library only says that a write failed.</summary>
    /// <param name="path">File that was to be written.</param>
    /// <param name="bytes">Size that it was to have.</param>
    /// <param name="reason">What the system or the library says.</param>
    /// <param name="cause">Its exception, where there is one.</param>
    public static InferenceException Stopped(string path, long bytes, string reason, Exception? cause = null)
    {
        if (cause is PathTooLongException)
        {
            return TiffErrors.Unwritable(path, "its name or path is too long; accepted: names of at most 255 bytes in UTF-8", cause);
        }

        var free = FreeBytes(path);
        var text = cause is ArgumentOutOfRangeException ? "files may not become so large here" : reason;
        var why = free < bytes ? $"the disk is full ({text})" : text;
        return TiffErrors.Unwritable(path, free is null
            ? $"{why}; it takes {Count(bytes)} bytes uncompressed"
            : $"{why}; it takes {Count(bytes)} bytes uncompressed, and {Folder(path)} has {Count(free.Value)} bytes free", cause);
    }

    private static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(Folder(path)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not every file system tells; then writing will.
            return null;
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string Count(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
