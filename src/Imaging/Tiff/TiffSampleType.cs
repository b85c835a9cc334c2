using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Type of a sample in a file, and how it becomes a pixel type: widened, never cut.</summary>
/// <param name="Bits">Bits of a sample: 1 to 16, 32 or 64.</param>
/// <param name="Format">Unsigned, signed or floating point.</param>
/// <param name="PixelType">What it becomes.</param>
internal sealed record TiffSampleType(int Bits, SampleFormat Format, PixelType PixelType)
{
    /// <summary>True where a row can be taken as it is.</summary>
    public bool IsPixelType => Bits == PixelType.BytesPerPixel() * 8;

    /// <summary>What was done, for people; null where nothing was.</summary>
    public string? Note => IsPixelType ? null : $"{Bits}-bit {Name} samples were widened to {PixelType.Name()}";

    private string Name => Format switch { SampleFormat.IEEEFP => "floating-point", SampleFormat.INT => "signed", _ => "unsigned" };

    /// <exception cref="InferenceException">No pixel type holds such samples.</exception>
    public static TiffSampleType Of(int bits, SampleFormat format, string path)
    {
        PixelType? type = (format, bits) switch
        {
            (SampleFormat.UINT or SampleFormat.VOID, >= 1 and <= 8) => PixelType.UInt8,
            (SampleFormat.UINT or SampleFormat.VOID, > 8 and <= 16) => PixelType.UInt16,
            (SampleFormat.UINT or SampleFormat.VOID, 32) => PixelType.UInt32,
            (SampleFormat.INT, 8 or 16) => PixelType.Int16,
            (SampleFormat.INT, 32) => PixelType.Int32,
            (SampleFormat.IEEEFP, 16 or 32) => PixelType.Float32,
            (SampleFormat.IEEEFP, 64) => PixelType.Float64,
            _ => null,
        };
        return type is { } pixelType
            ? new TiffSampleType(bits, format is SampleFormat.VOID ? SampleFormat.UINT : format, pixelType)
            : throw TiffErrors.Invalid(path, $"samples of {bits} bits in format {format}; accepted: "
                + "unsigned integers of 1 to 16 or 32 bits, signed of 8, 16 or 32, floating point of 16, 32 or 64");
    }

    /// <summary>Bytes that a packed row of <paramref name="samples"/> samples takes in the file's decoded form.</summary>
    public long RowBytes(long samples) => checked((samples * Bits) + 7) / 8;

    /// <summary>Widens one packed row.</summary>
    /// <param name="row">Samples as libtiff decodes them, in the machine's byte order; below 8 bits packed from the high bit.</param>
    /// <param name="stride">Distance between samples that are taken: 1, or the number of interleaved samples.</param>
    /// <param name="first">First sample that is taken.</param>
    /// <param name="pixels">Pixels to fill.</param>
    public void Unpack(ReadOnlySpan<byte> row, int stride, int first, Span<byte> pixels)
    {
        if (IsPixelType && stride == 1)
        {
            row.Slice(first * PixelType.BytesPerPixel(), pixels.Length).CopyTo(pixels);
            return;
        }

        switch (Bits, Format)
        {
            case (8, SampleFormat.INT):
                Gather(MemoryMarshal.Cast<byte, sbyte>(row), stride, first, MemoryMarshal.Cast<byte, short>(pixels));
                break;
            case (16, SampleFormat.IEEEFP):
                Gather(MemoryMarshal.Cast<byte, Half>(row), stride, first, MemoryMarshal.Cast<byte, float>(pixels));
                break;
            case ( < 8, _):
                UnpackBits(row, stride, first, pixels);
                break;
            case ( > 8 and < 16, _):
                UnpackBits(row, stride, first, MemoryMarshal.Cast<byte, ushort>(pixels));
                break;
            default:
                GatherBytes(row, stride, first, pixels);
                break;
        }
    }

    /// <summary>Turns "0 is white" into "0 is black".</summary>
    public void Invert(Span<byte> pixels)
    {
        if (PixelType == PixelType.UInt8)
        {
            var maximum = (byte)((1 << Bits) - 1);
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)(maximum - pixels[i]);
            }
        }
        else if (PixelType == PixelType.UInt16)
        {
            var maximum = (ushort)((1 << Bits) - 1);
            var values = MemoryMarshal.Cast<byte, ushort>(pixels);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (ushort)(maximum - values[i]);
            }
        }
    }

    private static void Gather<TFrom, TTo>(ReadOnlySpan<TFrom> row, int stride, int first, Span<TTo> pixels)
        where TFrom : struct, System.Numerics.INumberBase<TFrom>
        where TTo : struct, System.Numerics.INumberBase<TTo>
    {
        if (stride == 1)
        {
            TensorPrimitives.ConvertTruncating(row.Slice(first, pixels.Length), pixels);
            return;
        }

        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = TTo.CreateTruncating(row[first + (i * stride)]);
        }
    }

    private void GatherBytes(ReadOnlySpan<byte> row, int stride, int first, Span<byte> pixels)
    {
        var size = PixelType.BytesPerPixel();
        for (var i = 0; i < pixels.Length / size; i++)
        {
            row.Slice((first + (i * stride)) * size, size).CopyTo(pixels[(i * size)..]);
        }
    }

    // Samples that do not fill bytes follow each other from the high bit down.
    private void UnpackBits<T>(ReadOnlySpan<byte> row, int stride, int first, Span<T> pixels)
        where T : struct, System.Numerics.INumberBase<T>
    {
        var mask = (1u << Bits) - 1;
        for (var i = 0; i < pixels.Length; i++)
        {
            var bit = (first + ((long)i * stride)) * Bits;
            var at = (int)(bit / 8);
            uint window = 0;
            for (var b = 0; b < 3; b++)
            {
                window = (window << 8) | (at + b < row.Length ? row[at + b] : 0u);
            }

            pixels[i] = T.CreateTruncating((window >> (24 - Bits - (int)(bit % 8))) & mask);
        }
    }
}
