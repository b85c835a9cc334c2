using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging;

/// <summary>Samples that follow each other from the high bit down, without regard to bytes.</summary>
internal static class TiffPackedBits
{
    /// <summary>Unpacks every stride-th sample of a row.</summary>
    /// <param name="row">The packed row.</param>
    /// <param name="bits">Bits of a sample, 1 to 64.</param>
    /// <param name="isSigned">The highest bit of a sample is its sign.</param>
    /// <param name="stride">Distance between samples that are taken.</param>
    /// <param name="first">First sample that is taken.</param>
    /// <param name="pixels">Pixels to fill.</param>
    /// <param name="type">Their type, an integer.</param>
    /// <exception cref="TiffValueException">A value does not fit the pixel type.</exception>
    public static void Unpack(ReadOnlySpan<byte> row, int bits, bool isSigned, int stride, int first, Span<byte> pixels, PixelType type)
    {
        var count = pixels.Length / type.BytesPerPixel();
        for (var i = 0; i < count; i++)
        {
            var value = Sample(row, (first + ((long)i * stride)) * bits, bits);
            var signed = isSigned ? (long)(value << (64 - bits)) >> (64 - bits) : 0;
            switch (type)
            {
                case PixelType.UInt8:
                    pixels[i] = (byte)value;
                    break;
                case PixelType.UInt16:
                    MemoryMarshal.Cast<byte, ushort>(pixels)[i] = (ushort)value;
                    break;
                case PixelType.Int16:
                    MemoryMarshal.Cast<byte, short>(pixels)[i] = (short)signed;
                    break;
                case PixelType.Int32:
                    MemoryMarshal.Cast<byte, int>(pixels)[i] = signed is >= int.MinValue and <= int.MaxValue
                        ? (int)signed : throw TiffValueException.Of(signed, int.MinValue, int.MaxValue, i);
                    break;
                default:
                    MemoryMarshal.Cast<byte, uint>(pixels)[i] = value <= uint.MaxValue
                        ? (uint)value : throw TiffValueException.Of(value, uint.MinValue, uint.MaxValue, i);
                    break;
            }
        }
    }

    // A sample of 64 bits may begin anywhere in a byte and so touch nine.
    private static ulong Sample(ReadOnlySpan<byte> row, long bit, int bits)
    {
        var (at, skip) = ((int)(bit / 8), (int)(bit % 8));
        var bytes = (skip + bits + 7) / 8;
        if (bytes <= 8)
        {
            ulong word = 0;
            for (var b = 0; b < bytes; b++)
            {
                word = (word << 8) | (at + b < row.Length ? row[at + b] : 0u);
            }

            word >>= (bytes * 8) - skip - bits;
            return bits == 64 ? word : word & ((1UL << bits) - 1);
        }

        UInt128 window = 0;
        for (var b = 0; b < bytes; b++)
        {
            window = (window << 8) | (at + b < row.Length ? row[at + b] : 0u);
        }

        var value = (ulong)(window >> ((bytes * 8) - skip - bits));
        return bits == 64 ? value : value & ((1UL << bits) - 1);
    }
}
