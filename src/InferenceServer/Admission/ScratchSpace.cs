using InferenceBridge.Imaging;
using InferenceBridge.Server.Configuration;
using InferenceBridge.Server.Jobs;
using Microsoft.Win32.SafeHandles;

namespace InferenceBridge.Server.Admission;

/// <summary>Shares out the scratch folder: spooled images of all jobs together stay within a limit.</summary>
internal class ScratchSpace(InferenceServerOptions options)
{
    private readonly Lock _lock = new();
    private long _used;

    /// <summary>Bytes that jobs have reserved.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>Refuses an image that does not fit even into empty scratch space.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.VolumeTooLarge"/>.</exception>
    public void CheckFits(VolumeInfo image)
    {
        if (image.TotalBytes > options.MaxScratchBytes)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, Models.InputRole.ImageName,
                $"The image of {image.TotalBytes} bytes has to be spooled, since the request brings no statistics over the whole of it; "
                + $"accepted: at most {options.MaxScratchBytes} bytes ({OptionsFaults.Key(nameof(options.MaxScratchBytes))}), or statistics "
                + "with a noise_standard_deviation.");
        }
    }

    /// <summary>Reserves space for an image and opens its file, both given back when the result is disposed.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerBusy"/>: other jobs have the space now; <see cref="InferenceError.FileUnwritable"/>: the
    /// folder cannot be written to, or its disk has not that much room.
    /// </exception>
    public SpoolFile Open(VolumeInfo image, string jobId)
    {
        CheckFits(image);
        Reserve(image.TotalBytes);
        try
        {
            var path = Path.Combine(options.ScratchDirectory, $"inferencebridge-{jobId}.spool");
            return SpoolFile.Create(image, () => OpenFile(path, image.TotalBytes), () => Return(image.TotalBytes));
        }
        catch
        {
            Return(image.TotalBytes);
            throw;
        }
    }

    /// <summary>Opens a file that nobody else reads and that is gone when it is closed, whatever becomes of the process.</summary>
    /// <param name="path">Path of a file that does not exist.</param>
    /// <param name="bytes">Bytes to set aside for it; fails at once where the disk has not as many.</param>
    protected virtual SafeFileHandle OpenFile(string path, long bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose, bytes);
        }

        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, bytes);
        try
        {
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Delete(path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Reserve(long bytes)
    {
        lock (_lock)
        {
            if (bytes > options.MaxScratchBytes - _used)
            {
                throw new InferenceException(InferenceError.ServerBusy, OptionsFaults.Key(nameof(options.MaxScratchBytes)),
                    $"The image of {bytes} bytes has to be spooled, and other jobs have spooled {_used} bytes; accepted: "
                    + $"{options.MaxScratchBytes} together. Try again when one of them has ended, or send statistics with a "
                    + "noise_standard_deviation.");
            }

            _used += bytes;
        }
    }

    private void Return(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
        }
    }
}
