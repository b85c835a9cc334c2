using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Lets native code read and write a <see cref="TiffStream"/>. Exceptions wait here: none may cross into C.</summary>
internal sealed unsafe class StreamBridge : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly TiffStream _stream;
    private readonly object? _clientData;
    private GCHandle _self;
    private ExceptionDispatchInfo? _exception;

    public StreamBridge(TiffStream stream, object? clientData)
    {
        _stream = stream;
        _clientData = clientData;
        _self = GCHandle.Alloc(this);
    }

    public NativeIo Io => new()
    {
        Context = (void*)GCHandle.ToIntPtr(_self),
        Read = &Read,
        Write = &Write,
        Seek = &Seek,
        Size = &Size,
    };

    public Exception? TakeException()
    {
        Exception? exception = _exception?.SourceException;
        _exception = null;
        return exception;
    }

    /// <summary>Throws, with its own stack trace, what the stream threw during the last native call.</summary>
    public void Rethrow()
    {
        ExceptionDispatchInfo? exception = _exception;
        _exception = null;
        exception?.Throw();
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
            _self.Free();
    }

    private long ReadAll(byte* data, long bytes)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(bytes, ChunkBytes));
        try
        {
            long done = 0;
            while (done < bytes)
            {
                int read = _stream.Read(_clientData, chunk, 0, (int)Math.Min(bytes - done, chunk.Length));
                if (read <= 0)
                    break;
                chunk.AsSpan(0, read).CopyTo(new Span<byte>(data + done, read));
                done += read;
            }
            return done;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private long WriteAll(byte* data, long bytes)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(bytes, ChunkBytes));
        try
        {
            for (long done = 0; done < bytes;)
            {
                int count = (int)Math.Min(bytes - done, chunk.Length);
                new ReadOnlySpan<byte>(data + done, count).CopyTo(chunk);
                _stream.Write(_clientData, chunk, 0, count);
                done += count;
            }
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static long Guard(void* context, Func<StreamBridge, long> call)
    {
        var bridge = (StreamBridge)GCHandle.FromIntPtr((nint)context).Target!;
        try
        {
            return call(bridge);
        }
#pragma warning disable CA1031 // Whatever the stream throws must not reach native frames.
        catch (Exception exception)
        {
            bridge._exception ??= ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
#pragma warning restore CA1031
    }

    [UnmanagedCallersOnly]
    private static long Read(void* context, void* data, long bytes) =>
        Guard(context, bridge => bridge.ReadAll((byte*)data, bytes));

    [UnmanagedCallersOnly]
    private static long Write(void* context, void* data, long bytes) =>
        Guard(context, bridge => bridge.WriteAll((byte*)data, bytes));

    [UnmanagedCallersOnly]
    private static long Seek(void* context, long offset, int whence) =>
        Guard(context, bridge => bridge._stream.Seek(bridge._clientData, offset, (SeekOrigin)whence));

    [UnmanagedCallersOnly]
    private static long Size(void* context) =>
        Guard(context, bridge => bridge._stream.Size(bridge._clientData));
}
