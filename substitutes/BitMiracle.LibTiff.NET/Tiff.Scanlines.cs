using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    /// <summary>Gets the size of a decoded row.</summary>
    /// <returns>Bytes; 0 if the directory does not define it or it exceeds an int.</returns>
    public int ScanlineSize() => ReportedInt(Native.ScanlineSize(_handle), nameof(ScanlineSize));

    /// <summary>Reads and decodes a row.</summary>
    /// <param name="buffer">Receives samples in the machine's byte order; room for a whole row.</param>
    /// <param name="row">The row.</param>
    /// <returns>False on failure.</returns>
    public bool ReadScanline(byte[] buffer, int row) => ReadScanline(buffer, 0, row, 0);

    /// <summary>Reads and decodes a row.</summary>
    /// <param name="buffer">Receives samples in the machine's byte order; room for a whole row.</param>
    /// <param name="row">The row.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>False on failure.</returns>
    public bool ReadScanline(byte[] buffer, int row, short plane) => ReadScanline(buffer, 0, row, plane);

    /// <summary>Reads and decodes a row.</summary>
    /// <param name="buffer">Receives samples in the machine's byte order; room for a whole row.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="row">The row.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>False on failure.</returns>
    public bool ReadScanline(byte[] buffer, int offset, int row, short plane)
    {
        Span<byte> room = buffer.AsSpan(offset);
        return Succeeded(Native.ReadScanline(_handle, (uint)row, (ushort)plane, room, room.Length));
    }

    /// <summary>Encodes and writes a row.</summary>
    /// <param name="buffer">Samples of the row, in the machine's byte order.</param>
    /// <param name="row">The row.</param>
    /// <returns>False on failure.</returns>
    public bool WriteScanline(byte[] buffer, int row) => WriteScanline(buffer, 0, row, 0);

    /// <summary>Encodes and writes a row.</summary>
    /// <param name="buffer">Samples of the row, in the machine's byte order.</param>
    /// <param name="row">The row.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>False on failure.</returns>
    public bool WriteScanline(byte[] buffer, int row, short plane) => WriteScanline(buffer, 0, row, plane);

    /// <summary>Encodes and writes a row.</summary>
    /// <param name="buffer">Samples of the row, in the machine's byte order.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="row">The row.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>False on failure.</returns>
    public bool WriteScanline(byte[] buffer, int offset, int row, short plane)
    {
        ReadOnlySpan<byte> content = buffer.AsSpan(offset);
        return Succeeded(Native.WriteScanline(_handle, (uint)row, (ushort)plane, content, content.Length));
    }
}
