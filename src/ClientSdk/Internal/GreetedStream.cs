using System.Globalization;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// A connection that must begin as HTTP/2 does (RFC 9113, 3.4: the server's first frame is SETTINGS), and soon. Without this
/// a web server with TLS looks like one that hangs up, and one that says nothing keeps a call for ever.
/// </summary>
/// <param name="inner">The socket.</param>
/// <param name="patience">Time for the first bytes, from the first read.</param>
internal sealed class GreetedStream(Stream inner, TimeSpan patience) : Stream
{
    private const int FrameHeaderBytes = 9;
    private const int TypeOffset = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte TlsAlert = 21;
    private const byte TlsHandshake = 22;

    private const string ClosedUnanswered = "the connection was closed without an answer";

    private readonly byte[] _greeting = new byte[FrameHeaderBytes];
    private readonly TaskCompletionSource<IOException?> _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _greetingBytes;

    /// <summary>Ends with the greeting, or with the stream: what is wrong where it did not come or was not HTTP/2's, else null.</summary>
    public Task<IOException?> Greeted => _greeted.Task;

    /// <summary>What was wrong with the greeting; null where it was right or is still to come.</summary>
    public IOException? Fault => _greeted.Task.IsCompletedSuccessfully ? _greeted.Task.Result : null;

    private bool IsGreeted => _greeted.Task.IsCompletedSuccessfully && _greeted.Task.Result is null;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsGreeted ? inner.ReadAsync(buffer, cancellationToken) : ReadGreetingAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsGreeted ? inner.WriteAsync(buffer, cancellationToken) : WriteBeforeGreetingAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _greeted.TrySetResult(new IOException(ClosedUnanswered));
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask WriteBeforeGreetingAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException) when (!IsGreeted)
        {
            // Who hangs up may have said why before: the read tells, and fails where nothing was said.
        }
    }

    private async ValueTask<int> ReadGreetingAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(new IOException(string.Create(CultureInfo.InvariantCulture,
                $"something accepts connections there, but says nothing within {patience.TotalSeconds:0.###} s")));
        }

        catch (IOException) when (_greetingBytes == 0)
        {
            throw Failed(new IOException(ClosedUnanswered));
        }

        // A read of nothing waits for the first byte to come.
        if (buffer.IsEmpty)
        {
            return read;
        }

        var taken = Math.Min(read, FrameHeaderBytes - _greetingBytes);
        buffer.Span[..taken].CopyTo(_greeting.AsSpan(_greetingBytes));
        _greetingBytes += taken;
        Check(read);
        return read;
    }

    private void Check(int read)
    {
        var greeting = _greeting.AsSpan(0, _greetingBytes);
        if (read == 0 && greeting.IsEmpty)
        {
            throw Failed(new IOException(ClosedUnanswered));
        }

        if (greeting.Length > TypeOffset && (greeting[TypeOffset] != Settings || greeting[0] != 0))
        {
            throw Failed(new ForeignServerException(greeting switch
            {
                _ when greeting.StartsWith("HTTP"u8) => "it speaks HTTP/1",
                [_, _, _, GoAway, ..] => "it refuses HTTP/2",
                [TlsAlert or TlsHandshake, 3, ..] => "it speaks TLS",
                _ => "it does not speak HTTP/2",
            }));
        }

        if (_greetingBytes == FrameHeaderBytes)
        {
            _greeted.TrySetResult(null);
        }
    }

    private IOException Failed(IOException fault)
    {
        _greeted.TrySetResult(fault);
        return fault;
    }
}
