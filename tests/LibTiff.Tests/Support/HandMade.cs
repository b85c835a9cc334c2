using System.Buffers.Binary;

namespace InferenceBridge.LibTiff.Tests.Support;

/// <summary>Lays TIFF bytes out by hand, from TIFF 6.0 and the BigTIFF proposal, so that reading is not checked by writing.</summary>
internal sealed class HandMade(bool bigEndian = false, bool bigTiff = false)
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public HandMade Header(long firstDirectory)
    {
        Raw(bigEndian ? (byte)'M' : (byte)'I', bigEndian ? (byte)'M' : (byte)'I');
        Short(bigTiff ? 43 : 42);
        if (bigTiff)
            Short(8).Short(0);
        return Offset(firstDirectory);
    }

    public HandMade Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public HandMade Short(int value)
    {
        Span<byte> two = stackalloc byte[2];
        if (bigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)value);
        _bytes.AddRange(two);
        return this;
    }

    public HandMade Long(long value)
    {
        Span<byte> four = stackalloc byte[4];
        if (bigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(four, (uint)value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(four, (uint)value);
        _bytes.AddRange(four);
        return this;
    }

    public HandMade Long8(long value)
    {
        long high = value >> 32, low = value & 0xffffffff;
        return bigEndian ? Long(high).Long(low) : Long(low).Long(high);
    }

    /// <summary>A count or an offset, as wide as the format has it.</summary>
    public HandMade Offset(long value) => bigTiff ? Long8(value) : Long(value);

    public HandMade EntryCount(int count) => bigTiff ? Long8(count) : Short(count);

    /// <summary>An entry of one SHORT, held in the entry itself.</summary>
    public HandMade ShortEntry(int tag, int value)
    {
        Short(tag).Short(3).Offset(1).Short(value).Short(0);
        return bigTiff ? Long(0) : this;
    }

    /// <summary>An entry of one LONG, held in the entry itself.</summary>
    public HandMade LongEntry(int tag, long value)
    {
        Short(tag).Short(4).Offset(1).Long(value);
        return bigTiff ? Long(0) : this;
    }

    /// <summary>An entry whose values lie elsewhere.</summary>
    public HandMade FarEntry(int tag, int type, long count, long offset) => Short(tag).Short(type).Offset(count).Offset(offset);

    /// <summary>The eight entries that a grey image of one strip needs.</summary>
    public HandMade GreyEntries(int width, int height, int bits, long pixels, long bytes)
    {
        ShortEntry(256, width).ShortEntry(257, height).ShortEntry(258, bits).ShortEntry(259, 1).ShortEntry(262, 1);
        return LongEntry(273, pixels).ShortEntry(278, height).LongEntry(279, bytes);
    }
}
