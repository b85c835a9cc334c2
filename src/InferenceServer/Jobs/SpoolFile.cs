using InferenceBridge.Imaging;
using Microsoft.Win32.SafeHandles;

namespace InferenceBridge.Server.Jobs;

/// <summary>Keeps an image on disk while a statistic over the whole of it is computed.</summary>
internal sealed class SpoolFile : IPlaneSource, IDisposable
{
    private readonly VolumeInfo _info;
    private readonly SafeFileHandle _handle;
    private readonly int _rowBytes;
    private Action? _closed;
    private byte[] _rows = [];

    private SpoolFile(VolumeInfo info, SafeFileHandle handle, Action closed)
    {
        (_info, _handle, _closed) = (info, handle, closed);
        _rowBytes = info.Shape.Width * info.PixelType.BytesPerPixel();
    }

    /// <param name="info">The image.</param>
    /// <param name="open">Opens a file that disappears when it is closed.</param>
    /// <param name="closed">Called once when it has been closed.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static SpoolFile Create(VolumeInfo info, Func<SafeFileHandle> open, Action closed) =>
        Guard(() => new SpoolFile(info, open(), closed));

    /// <summary>Writes a chunk to its place.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>: the disk is full, for example.</exception>
    public void Write(ReceivedChunk chunk) => Guard(() =>
    {
        RandomAccess.Write(_handle, chunk.Data.Span, Offset(chunk.Range.FirstPlane, chunk.Range.FirstRow));
        return true;
    });

    /// <inheritdoc/>
    public ValueTask WaitForAsync(long endPlane, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Rows(long plane, int firstRow, int rowCount)
    {
        var length = rowCount * _rowBytes;
        if (_rows.Length < length)
        {
            _rows = GC.AllocateUninitializedArray<byte>(length);
        }

        var read = 0;
        while (read < length)
        {
            var bytes = RandomAccess.Read(_handle, _rows.AsSpan(read, length - read), Offset(plane, firstRow) + read);
            read += bytes > 0 ? bytes : throw new EndOfStreamException($"The spooled image ends within plane {plane}.");
        }

        return _rows.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public void ReleaseBefore(long plane)
    {
        // The file keeps every plane until it is closed.
    }

    public void Dispose()
    {
        _handle.Dispose();
        Interlocked.Exchange(ref _closed, null)?.Invoke();
    }

    private static T Guard<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "InferenceBridge:ScratchDirectory",
                $"The server cannot spool the image to its scratch folder: {e.Message} Accepted: a folder that can be written to, with room for "
                + "the image; or send statistics with a noise_standard_deviation, and nothing is spooled.", e);
        }
    }

    private long Offset(long plane, int row) => (plane * _info.PlaneBytes) + ((long)row * _rowBytes);
}
