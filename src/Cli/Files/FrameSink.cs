using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>Keeps answers beside the output until it is known how many there are.</summary>
internal sealed class FrameSink : IDisposable
{
    private readonly string _path;
    private readonly FileStream _frames;
    private int _count;

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public FrameSink(string path)
    {
        OutputFile.CheckWritable(path);
        _path = path;
        _frames = new FileStream(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.frames"),
            FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
    }

    public void Add(ReadOnlySpan<byte> pixels)
    {
        _frames.Write(pixels);
        _count++;
    }

    /// <summary>Writes the movie of all answers; nothing where there were none.</summary>
    public void Complete(VolumeInfo frame, TiffWriteOptions options)
    {
        if (_count == 0)
        {
            return;
        }

        var info = frame with { Shape = frame.Shape with { Frames = _count } };
        using var writer = VolumeFile.Create(_path, info, options);
        var plane = new byte[info.PlaneBytes];
        _frames.Position = 0;
        for (long i = 0; i < info.Shape.PlaneCount; i++)
        {
            _frames.ReadExactly(plane);
            writer.WriteRows(i, 0, info.Shape.Height, plane);
        }

        writer.Complete();
    }

    public void Dispose() => _frames.Dispose();
}
