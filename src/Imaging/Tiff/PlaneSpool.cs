namespace InferenceBridge.Imaging;

/// <summary>A scratch file for planes that come in another order than they are written in. It is gone when disposed.</summary>
internal sealed class PlaneSpool : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _target;
    private readonly long _targetBytes;

    public PlaneSpool(string path, string target, long targetBytes)
    {
        (_target, _targetBytes) = (target, targetBytes);
        try
        {
            _stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unwritable(target, exception.Message.TrimEnd('.'), exception);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Position = offset;
            _stream.Write(bytes);
        }
        catch (Exception exception) when (DiskSpace.IsRefusal(exception))
        {
            throw DiskSpace.Stopped(_target, _targetBytes, exception.Message.TrimEnd('.'), exception);
        }
    }

    public void Read(long offset, Span<byte> bytes)
    {
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
    }

    public void Dispose() => _stream.Dispose();
}
