using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    /// <summary>Gets the size of a decoded tile.</summary>
    /// <returns>Bytes; 0 if the directory does not define it or it exceeds an int.</returns>
    public int TileSize() => ReportedInt(Native.TileSize(_handle), nameof(TileSize));

    /// <summary>Gets the size of a row of a decoded tile.</summary>
    /// <returns>Bytes; 0 if the directory does not define it.</returns>
    public int TileRowSize() => ReportedInt(Native.TileRowSize(_handle), nameof(TileRowSize));

    /// <summary>Gets the stored size of a tile.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <returns>Bytes; -1 if there is no such tile.</returns>
    public long RawTileSize(int tile) => Reported(Native.RawSize(_handle, (uint)tile));

    /// <summary>Counts the tiles of the image, over all planes.</summary>
    /// <returns>Their number.</returns>
    public int NumberOfTiles() => ReportedInt(Native.TileCount(_handle), nameof(NumberOfTiles));

    /// <summary>Gets the tile that holds a pixel.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="z">Slice, where the image has a depth; else 0.</param>
    /// <param name="plane">The sample plane, where samples are stored separately.</param>
    /// <returns>Index of the tile.</returns>
    public int ComputeTile(int x, int y, int z, short plane) =>
        ReportedInt(Native.ComputeTile(_handle, (uint)x, (uint)y, (uint)z, (ushort)plane), nameof(ComputeTile));

    /// <summary>Tells whether a pixel lies in the image.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="z">Slice.</param>
    /// <param name="plane">The sample plane.</param>
    /// <returns>True if it does.</returns>
    public bool CheckTile(int x, int y, int z, short plane) =>
        Succeeded(Native.CheckTile(_handle, (uint)x, (uint)y, (uint)z, (ushort)plane));

    /// <summary>Reads and decodes the tile that holds a pixel.</summary>
    /// <param name="buffer">Receives samples in the machine's byte order; room for a whole tile.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="z">Slice.</param>
    /// <param name="plane">The sample plane.</param>
    /// <returns>Bytes decoded; -1 on failure.</returns>
    public int ReadTile(byte[] buffer, int offset, int x, int y, int z, short plane) =>
        CheckTile(x, y, z, plane) ? ReadEncodedTile(ComputeTile(x, y, z, plane), buffer, offset, -1) : -1;

    /// <summary>Reads and decodes a tile, or its first bytes.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <param name="buffer">Receives samples in the machine's byte order.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The most bytes; -1 for the whole tile.</param>
    /// <returns>Bytes decoded; -1 on failure.</returns>
    public int ReadEncodedTile(int tile, byte[] buffer, int offset, int count)
    {
        Span<byte> room = Room(buffer, offset, count);
        return ReportedInt(Native.ReadTile(_handle, (uint)tile, room, room.Length), nameof(ReadEncodedTile));
    }

    /// <summary>Reads a tile as it is stored.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">The most bytes; -1 for the whole tile.</param>
    /// <returns>Bytes read; -1 on failure.</returns>
    public int ReadRawTile(int tile, byte[] buffer, int offset, int count)
    {
        Span<byte> room = Room(buffer, offset, count);
        return ReportedInt(Native.ReadRawTile(_handle, (uint)tile, room, room.Length), nameof(ReadRawTile));
    }

    /// <summary>Encodes and writes the tile that holds a pixel.</summary>
    /// <param name="buffer">Samples of a whole tile, in the machine's byte order.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="z">Slice.</param>
    /// <param name="plane">The sample plane.</param>
    /// <returns>Bytes taken; -1 on failure.</returns>
    public int WriteTile(byte[] buffer, int x, int y, int z, short plane)
    {
        int bytes = TileSize();
        return CheckTile(x, y, z, plane) && WriteEncodedTile(ComputeTile(x, y, z, plane), buffer, bytes) ? bytes : -1;
    }

    /// <summary>Encodes and writes a tile.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <param name="buffer">Samples in the machine's byte order.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteEncodedTile(int tile, byte[] buffer, int count) => WriteEncodedTile(tile, buffer, 0, count);

    /// <summary>Encodes and writes a tile.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <param name="buffer">Samples in the machine's byte order.</param>
    /// <param name="offset">First position in <paramref name="buffer"/>.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteEncodedTile(int tile, byte[] buffer, int offset, int count) =>
        Reported(Native.WriteTile(_handle, (uint)tile, buffer.AsSpan(offset, count), count)) > 0;

    /// <summary>Writes a tile that is already encoded.</summary>
    /// <param name="tile">Index of the tile.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False on failure.</returns>
    public bool WriteRawTile(int tile, byte[] buffer, int count) =>
        Reported(Native.WriteRawTile(_handle, (uint)tile, buffer.AsSpan(0, count), count)) == count;
}
