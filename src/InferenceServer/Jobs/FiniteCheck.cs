using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Refuses NaN, infinity and what float32 cannot hold, as the pixels arrive.</summary>
internal static class FiniteCheck
{
    public static void Check(VolumeInfo info, ChunkRange range, ReadOnlySpan<byte> pixels)
    {
        var index = info.PixelType switch
        {
            PixelType.Float32 => PixelConverter.FindNonFinite(MemoryMarshal.Cast<byte, float>(pixels)),
            PixelType.Float64 => FindOutsideSingle(MemoryMarshal.Cast<byte, double>(pixels)),
            _ => -1,
        };
        if (index >= 0)
        {
            throw Refusal(info, range, index, pixels);
        }
    }

    private static int FindOutsideSingle(ReadOnlySpan<double> values)
    {
        // The largest magnitude is NaN where any value is.
        if (values.IsEmpty || TensorPrimitives.MaxMagnitude(values) is var extreme && Math.Abs(extreme) <= float.MaxValue)
        {
            return -1;
        }

        var index = 0;
        while (Math.Abs(values[index]) <= float.MaxValue)
        {
            index++;
        }

        return index;
    }

    private static InferenceException Refusal(VolumeInfo info, ChunkRange range, int index, ReadOnlySpan<byte> pixels)
    {
        var planePixels = info.Shape.Width * range.RowCount;
        var (plane, inPlane) = Math.DivRem(index, planePixels);
        var (row, column) = Math.DivRem(inPlane, info.Shape.Width);
        var value = info.PixelType == PixelType.Float32
            ? MemoryMarshal.Cast<byte, float>(pixels)[index]
            : MemoryMarshal.Cast<byte, double>(pixels)[index];
        return new InferenceException(InferenceError.ValueNotFinite, "image", string.Create(CultureInfo.InvariantCulture,
            $"The image is {value} at plane {range.FirstPlane + plane}, row {range.FirstRow + row}, column {column}; accepted: finite values within float32's range."));
    }
}
