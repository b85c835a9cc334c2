namespace TorchSharp.Utils;

/// <summary>Non-negative numbers as little-endian groups of 7 bits, of which all but the last have bit 7 set.</summary>
public static class LEB128Codec
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        writer.Write7BitEncodedInt64(value);
    }

    public static long Decode(this BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Read7BitEncodedInt64();
    }
}
