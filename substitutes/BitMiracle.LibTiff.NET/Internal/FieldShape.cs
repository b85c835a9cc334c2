using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Gives values the types and the number that GetField of the package gives them.</summary>
internal static class FieldShape
{
    public static FieldValue[] Of(TiffTag tag, bool passCount, in NativeValue value) => tag switch
    {
        TiffTag.PAGENUMBER or TiffTag.HALFTONEHINTS or TiffTag.YCBCRSUBSAMPLING or TiffTag.DOTRANGE =>
            [new((short)value.As<ushort>()[0]), new((short)value.As<ushort>()[1])],
        TiffTag.COLORMAP or TiffTag.TRANSFERFUNCTION => Tables(in value, tag == TiffTag.COLORMAP),
        TiffTag.STRIPOFFSETS or TiffTag.STRIPBYTECOUNTS or TiffTag.TILEOFFSETS or TiffTag.TILEBYTECOUNTS =>
            [new(value.As<ulong>().ToArray())],
        TiffTag.EXTRASAMPLES => [new((short)value.Count), new(ToExtraSamples(value.As<ushort>()))],
        TiffTag.SUBIFD => [new((short)value.Count), new(MemoryMarshal.Cast<ulong, long>(value.As<ulong>()).ToArray())],
        TiffTag.REFERENCEBLACKWHITE => [new(value.As<float>().ToArray())],
        TiffTag.INKNAMES => [new(new FieldValue(value.As<byte>().ToArray()).ToString())],
        _ when passCount => [new(checked((int)value.Count)), new(Bytes(in value))],
        _ when value.Kind == Kind.Text || value.Count != 1 => [new(Bytes(in value))],
        _ => [new(Named(tag, Scalar(in value)))],
    };

    private static FieldValue[] Tables(in NativeValue value, bool isColorMap)
    {
        ReadOnlySpan<short> all = MemoryMarshal.Cast<ushort, short>(value.As<ushort>());
        // A transfer function has one table for grey images, three for colour.
        bool single = !isColorMap && int.IsPow2(all.Length);
        int length = single ? all.Length : all.Length / 3;
        return single
            ? [new(all.ToArray()), default, default]
            : [new(all[..length].ToArray()), new(all[length..(2 * length)].ToArray()), new(all[(2 * length)..].ToArray())];
    }

    private static ExtraSample[] ToExtraSamples(ReadOnlySpan<ushort> values)
    {
        var samples = new ExtraSample[values.Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (ExtraSample)values[i];
        return samples;
    }

    private static byte[] Bytes(in NativeValue value) => value.Kind switch
    {
        Kind.U16 or Kind.I16 => MemoryMarshal.AsBytes(value.As<ushort>()).ToArray(),
        Kind.U32 or Kind.I32 or Kind.F32 => MemoryMarshal.AsBytes(value.As<uint>()).ToArray(),
        Kind.U64 or Kind.I64 or Kind.F64 => MemoryMarshal.AsBytes(value.As<ulong>()).ToArray(),
        _ => value.As<byte>().ToArray(),
    };

    // The package holds unsigned values of up to 32 bits in signed types.
    private static object Scalar(in NativeValue value) => value.Kind switch
    {
        Kind.U8 or Kind.I8 => (object)value.As<byte>()[0],
        Kind.U16 or Kind.I16 => value.As<short>()[0],
        Kind.U32 or Kind.I32 => value.As<int>()[0],
        Kind.U64 or Kind.I64 => value.As<long>()[0],
        Kind.F32 => value.As<float>()[0],
        _ => value.As<double>()[0],
    };

    private static object Named(TiffTag tag, object scalar) => tag switch
    {
        TiffTag.SUBFILETYPE => (FileType)(int)scalar,
        TiffTag.COMPRESSION => (Compression)(ushort)(short)scalar,
        TiffTag.PHOTOMETRIC => (Photometric)(ushort)(short)scalar,
        TiffTag.FILLORDER => (FillOrder)(short)scalar,
        TiffTag.ORIENTATION => (Orientation)(short)scalar,
        TiffTag.PLANARCONFIG => (PlanarConfig)(short)scalar,
        TiffTag.RESOLUTIONUNIT => (ResUnit)(short)scalar,
        TiffTag.SAMPLEFORMAT => (SampleFormat)(short)scalar,
        TiffTag.PREDICTOR => (Predictor)(short)scalar,
        _ => scalar,
    };
}
