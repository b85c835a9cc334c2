using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>Type of a sample in a file, and how it becomes a pixel type: widened; above 32 bits checked, never cut.</summary>
/// <param name="Bits">Bits of a sample: 1 to 64.</param>
/// <param name="Format">Unsigned, signed or floating point.</param>
/// <param name="PixelType">What it becomes.</param>
internal sealed record TiffSampleType(int Bits, SampleFormat Format, PixelType PixelType)
{
    /// <summary>What <see cref="Of"/> knows, for messages.</summary>
    public const string Accepted = "integers of 1 to 64 bits, floating point of 16, 32 or 64";

    /// <summary>True where a row can be taken as it is.</summary>
    public bool IsPixelType => Bits == PixelType.BytesPerPixel() * 8;

    /// <summary>What was done, for people; null where nothing was.</summary>
    public string? Note => IsPixelType ? null
        : Bits > 32 && Format != SampleFormat.IEEEFP ? $"{Bits}-bit {Name} samples were read as {PixelType.Name()}; values that do not fit are refused"
        : $"{Bits}-bit {Name} samples were widened to {PixelType.Name()}";

    private string Name => Format switch { SampleFormat.IEEEFP => "floating-point", SampleFormat.INT => "signed", _ => "unsigned" };

    /// <summary>The pixel type for samples; null where there is none.</summary>
    public static TiffSampleType? Of(int bits, SampleFormat format)
    {
        PixelType? type = (format, bits) switch
        {
            (SampleFormat.UINT or SampleFormat.VOID, >= 1 and <= 8) => PixelType.UInt8,
            (SampleFormat.UINT or SampleFormat.VOID, > 8 and <= 16) => PixelType.UInt16,
            (SampleFormat.UINT or SampleFormat.VOID, > 16 and <= 64) => PixelType.UInt32,
            (SampleFormat.INT, >= 1 and <= 16) => PixelType.Int16,
            (SampleFormat.INT, > 16 and <= 64) => PixelType.Int32,
            (SampleFormat.IEEEFP, 16 or 32) => PixelType.Float32,
            (SampleFormat.IEEEFP, 64) => PixelType.Float64,
            _ => null,
        };
        return type is { } pixelType ? new TiffSampleType(bits, format is SampleFormat.VOID ? SampleFormat.UINT : format, pixelType) : null;
    }

    /// <summary>Bytes that a packed row of <paramref name="samples"/> samples takes in the file's decoded form.</summary>
    public long RowBytes(long samples) => checked((samples * Bits) + 7) / 8;

    /// <summary>Widens one packed row.</summary>
    /// <param name="row">
    /// Samples as libtiff decodes them: of 8, 16, 32 and 64 bits in the machine's byte order, others packed from the high bit.
    /// </param>
    /// <param name="stride">Distance between samples that are taken: 1, or the number of interleaved samples.</param>
    /// <param name="first">First sample that is taken.</param>
    /// <param name="pixels">Pixels to fill.</param>
    /// <exception cref="TiffValueException">A value of more than 32 bits does not fit the pixel type.</exception>
    public void Unpack(ReadOnlySpan<byte> row, int stride, int first, Span<byte> pixels)
    {
        if (IsPixelType)
        {
            if (stride == 1)
            {
                row.Slice(first * PixelType.BytesPerPixel(), pixels.Length).CopyTo(pixels);
            }
            else
            {
                GatherBytes(row, stride, first, pixels);
            }

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
            case (64, SampleFormat.INT):
                GatherChecked(MemoryMarshal.Cast<byte, long>(row), stride, first, MemoryMarshal.Cast<byte, int>(pixels));
                break;
            case (64, _):
                GatherChecked(MemoryMarshal.Cast<byte, ulong>(row), stride, first, MemoryMarshal.Cast<byte, uint>(pixels));
                break;
            default:
                TiffPackedBits.Unpack(row, Bits, Format == SampleFormat.INT, stride, first, pixels, PixelType);
                break;
        }
    }

    /// <summary>Turns "0 is white" into "0 is black": values of unsigned samples are taken from the largest one.</summary>
    public void Invert(Span<byte> pixels)
    {
        switch (PixelType)
        {
            case PixelType.UInt8:
                Invert(pixels, (byte)((1 << Bits) - 1));
                break;
            case PixelType.UInt16:
                Invert(MemoryMarshal.Cast<byte, ushort>(pixels), (ushort)((1 << Bits) - 1));
                break;
            default:
                Invert(MemoryMarshal.Cast<byte, uint>(pixels), (uint)((1UL << Math.Min(Bits, 32)) - 1));
                break;
        }
    }

    private static void Invert<T>(Span<T> values, T maximum)
        where T : struct, IBinaryInteger<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = maximum - values[i];
        }
    }

    private static void Gather<TFrom, TTo>(ReadOnlySpan<TFrom> row, int stride, int first, Span<TTo> pixels)
        where TFrom : struct, INumberBase<TFrom>
        where TTo : struct, INumberBase<TTo>
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

    private static void GatherChecked<TFrom, TTo>(ReadOnlySpan<TFrom> row, int stride, int first, Span<TTo> pixels)
        where TFrom : struct, IBinaryInteger<TFrom>
        where TTo : struct, IBinaryInteger<TTo>, IMinMaxValue<TTo>
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = row[first + (i * stride)];
            pixels[i] = TTo.CreateTruncating(value);
            if (TFrom.CreateTruncating(pixels[i]) != value)
            {
                throw TiffValueException.Of(value, TTo.MinValue, TTo.MaxValue, i);
            }
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
}
