namespace BitMiracle.LibTiff.Classic;

/// <summary>Where a TIFF is read from or written to; the default takes a <see cref="Stream"/> as its client data.</summary>
public class TiffStream
{
    /// <summary>Reads up to <paramref name="count"/> bytes.</summary>
    /// <param name="clientData">The data given to ClientOpen; by default a stream.</param>
    /// <param name="buffer">Receives the bytes from <paramref name="offset"/> on.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The most bytes to read.</param>
    /// <returns>The bytes read; 0 at the end of the stream.</returns>
    public virtual int Read(object? clientData, byte[] buffer, int offset, int count) =>
        StreamOf(clientData).Read(buffer, offset, count);

    /// <summary>Writes <paramref name="count"/> bytes.</summary>
    /// <param name="clientData">The data given to ClientOpen; by default a stream.</param>
    /// <param name="buffer">Holds the bytes from <paramref name="offset"/> on.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The number of bytes.</param>
    public virtual void Write(object? clientData, byte[] buffer, int offset, int count) =>
        StreamOf(clientData).Write(buffer, offset, count);

    /// <summary>Moves the position.</summary>
    /// <param name="clientData">The data given to ClientOpen; by default a stream.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="origin">Where <paramref name="offset"/> counts from.</param>
    /// <returns>The new position; -1 if <paramref name="offset"/> is -1.</returns>
    public virtual long Seek(object? clientData, long offset, SeekOrigin origin) =>
        offset == -1 ? -1 : StreamOf(clientData).Seek(offset, origin);

    /// <summary>Closes the stream; called when the TIFF is closed.</summary>
    /// <param name="clientData">The data given to ClientOpen; by default a stream.</param>
    public virtual void Close(object? clientData) => StreamOf(clientData).Close();

    /// <summary>Gets the length in bytes.</summary>
    /// <param name="clientData">The data given to ClientOpen; by default a stream.</param>
    /// <returns>The length.</returns>
    public virtual long Size(object? clientData) => StreamOf(clientData).Length;

    private static Stream StreamOf(object? clientData) => clientData as Stream
        ?? throw new ArgumentException("The client data is not a stream.", nameof(clientData));
}
