using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    /// <summary>Gets the size of a decoded strip.</summary>
    /// <returns>Bytes; 0 if the directory does not define it or it exceeds an int.</returns>
    public int StripSize() => ReportedInt(Native.StripSize(_handle), nameof(StripSize));

    /// <summary>Gets the size of a decoded strip of some rows.</summary>
    /// <param name="rowCount">Number of rows.</param>
    /// <returns>Bytes; 0 if the directory does not define it or it exceeds an int.</returns>
    public int VStripSize(int rowCount) => ReportedInt(Native.RowsSize(_handle, (uint)rowCount), nameof(VStripSize));

    /// <summary>Gets the stored size of a strip.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <returns>Bytes; -1 if there is no such strip.</returns>
    public long RawStripSize(int strip) => Reported(Native.RawSize(_handle, (uint)strip));

    /// <summary>Counts the strips of the image, over all planes.</summary>
    /// <returns>Their number.</returns>
    public int NumberOfStrips() => ReportedInt(Native.StripCount(_handle), nameof(NumberOfStrips));

    /// <summary>Gets the strip that holds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>Index of the strip.</returns>
    public int ComputeStrip(int row, short plane) =>
        ReportedInt(Native.ComputeStrip(_handle, (uint)row, (ushort)plane), nameof(ComputeStrip));

    /// <summary>Gets a suitable number of rows for a strip.</summary>
    /// <param name="estimate">The wanted number; less than 1 for the library's choice.</param>
    /// <returns>The number of rows.</returns>
    public int DefaultStripSize(int estimate) =>
        ReportedInt(Native.DefaultStripRows(_handle, (uint)Math.Max(estimate, 0)), nameof(DefaultStripSize));

    /// <summary>Reads and decodes a strip, or its first bytes.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">Receives samples in the machine's byte order.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The most bytes; -1 for the whole strip.</param>
    /// <returns>Bytes decoded; -1 on failure.</returns>
    public int ReadEncodedStrip(int strip, byte[] buffer, int offset, int count)
    {
        Span<byte> room = Room(buffer, offset, count);
        return ReportedInt(Native.ReadStrip(_handle, (uint)strip, room, room.Length), nameof(ReadEncodedStrip));
    }

    /// <summary>Reads a strip as it is stored.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The most bytes; -1 for the whole strip.</param>
    /// <returns>Bytes read; -1 on failure.</returns>
    public int ReadRawStrip(int strip, byte[] buffer, int offset, int count)
    {
        Span<byte> room = Room(buffer, offset, count);
        return ReportedInt(Native.ReadRawStrip(_handle, (uint)strip, room, room.Length), nameof(ReadRawStrip));
    }

    /// <summary>Encodes and writes a strip.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">Samples in the machine's byte order.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteEncodedStrip(int strip, byte[] buffer, int count) => WriteEncodedStrip(strip, buffer, 0, count);

    /// <summary>Encodes and writes a strip.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">Samples in the machine's byte order.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteEncodedStrip(int strip, byte[] buffer, int offset, int count) =>
        Reported(Native.WriteStrip(_handle, (uint)strip, buffer.AsSpan(offset, count), count)) == count;

    /// <summary>Writes a strip that is already encoded.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteRawStrip(int strip, byte[] buffer, int count) => WriteRawStrip(strip, buffer, 0, count);

    /// <summary>Writes a strip that is already encoded.</summary>
    /// <param name="strip">Index of the strip.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteRawStrip(int strip, byte[] buffer, int offset, int count) =>
        Reported(Native.WriteRawStrip(_handle, (uint)strip, buffer.AsSpan(offset, count), count)) == count;

    private static Span<byte> Room(byte[] buffer, int offset, int count) =>
        count == -1 ? buffer.AsSpan(offset) : buffer.AsSpan(offset, count);
}
