using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace InferenceBridge.Imaging;

/// <summary>
/// Notices that a file is written to while it is read: by its size and time of change. A file that another one replaces
/// under its name is none of these, since whoever has opened it goes on reading the old one.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly (long Bytes, DateTime Changed) _before;

    private FileWatch(string path, SafeFileHandle handle)
    {
        (_path, _handle) = (path, handle);
        _before = State();
    }

    public bool HasChanged => State() != _before;

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public static FileWatch Open(string path)
    {
        try
        {
            return new FileWatch(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unreadable(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    /// <summary>Refuses what has been read of a file that has changed meanwhile.</summary>
    /// <param name="cause">What reading it led to; null where it went well.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public void Require(Exception? cause = null)
    {
        var now = State();
        if (now != _before)
        {
            throw TiffErrors.Unreadable(_path, string.Create(CultureInfo.InvariantCulture,
                $"it changed while it was read, from {_before.Bytes} to {now.Bytes} bytes, last at {now.Changed:HH:mm:ss.fff} UTC; "
                + $"accepted: a file that nothing writes to"), cause);
        }
    }

    public void Dispose() => _handle.Dispose();

    private (long Bytes, DateTime Changed) State() => (RandomAccess.GetLength(_handle), File.GetLastWriteTimeUtc(_handle));
}
