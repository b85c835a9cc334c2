using InferenceBridge.Imaging;
using Microsoft.Win32.SafeHandles;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// Keeps an image on disk while a statistic over the whole of it is computed. The file disappears when it is closed,
/// also when the process dies on a system that removes files on close.
/// </summary>
internal sealed class SpoolFile : IPlaneSource, IDisposable
{
    private readonly VolumeInfo _info;
    private readonly SafeFileHandle _handle;
    private readonly int _rowBytes;
    private byte[] _rows = [];

    private SpoolFile(VolumeInfo info, SafeFileHandle handle)
    {
        (_info, _handle) = (info, handle);
        _rowBytes = info.Shape.Width * info.PixelType.BytesPerPixel();
    }

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static SpoolFile Create(VolumeInfo info, string folder, string jobId) => Guard(() =>
    {
        var path = Path.Combine(folder, $"inferencebridge-{jobId}.spool");
        return new SpoolFile(info, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            FileOptions.DeleteOnClose));
    });

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

    public void Dispose() => _handle.Dispose();

    private static T Guard<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "InferenceBridge:ScratchDirectory",
                $"The server cannot spool the image to its scratch folder: {e.Message}", e);
        }
    }

    private long Offset(long plane, int row) => (plane * _info.PlaneBytes) + ((long)row * _rowBytes);
}
