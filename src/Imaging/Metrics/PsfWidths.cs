namespace InferenceBridge.Imaging;

/// <summary>Full widths at half maximum of a spot along lines through its brightest voxel, in voxels.</summary>
/// <param name="Z">Along z; NaN for a single slice, and where the spot does not fall to one half on both sides.</param>
/// <param name="Y">Along y; NaN likewise.</param>
/// <param name="X">Along x; NaN likewise.</param>
public sealed record PsfWidths(double Z, double Y, double X)
{
    // Samples for each voxel of the interpolated lines.
    private const int Fineness = 64;

    /// <summary>Measures a point-spread function whose background is 0, with lines interpolated between voxels (Lanczos).</summary>
    /// <param name="values">X fastest, then Y, then Z; finite.</param>
    /// <param name="shape">A single stack.</param>
    /// <exception cref="ArgumentException">The number of values does not match the shape.</exception>
    public static PsfWidths Measure(ReadOnlySpan<float> values, VolumeShape shape)
    {
        if (values.Length != shape.ElementCount)
        {
            throw new ArgumentException($"{values.Length} values for {shape.ElementCount} pixels of {shape}.", nameof(values));
        }

        var peak = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values);
        var plane = (int)shape.PlaneElementCount;
        var (z, inPlane) = Math.DivRem(peak, plane);
        var (y, x) = Math.DivRem(inPlane, shape.Width);
        return new PsfWidths(
            OfLine(Line(values, inPlane, plane, shape.Depth), z),
            OfLine(Line(values, (z * plane) + x, shape.Width, shape.Height), y),
            OfLine(Line(values, (z * plane) + (y * shape.Width), 1, shape.Width), x));
    }

    /// <summary>Full width at half maximum of a line around its peak, in samples; NaN where it does not fall to one half on both sides.</summary>
    /// <param name="line">Values whose background is 0.</param>
    /// <param name="peak">Index of the brightest.</param>
    public static double OfLine(IReadOnlyList<float> line, int peak)
    {
        // Between samples the peak may be a little brighter.
        var (top, height) = (peak * Fineness, 0.0);
        for (var i = Math.Max(0, (peak - 1) * Fineness); i <= Math.Min(line.Count - 1, peak + 1) * Fineness; i++)
        {
            var value = Lanczos.At(line, (double)i / Fineness);
            (top, height) = value > height ? (i, value) : (top, height);
        }

        return (Fall(line, top, 1, height / 2) + Fall(line, top, -1, height / 2)) / Fineness;
    }

    private static double Fall(IReadOnlyList<float> line, int top, int step, double half)
    {
        var before = 2 * half;
        for (var i = top + step; i >= 0 && i <= (line.Count - 1) * Fineness; i += step)
        {
            var value = Lanczos.At(line, (double)i / Fineness);
            if (value <= half)
            {
                return Math.Abs(i - top) - ((half - value) / Math.Max(before - value, double.Epsilon));
            }

            before = value;
        }

        return double.NaN;
    }

    private static float[] Line(ReadOnlySpan<float> values, int start, int stride, int count)
    {
        var line = new float[count];
        for (var i = 0; i < count; i++)
        {
            line[i] = values[start + (i * stride)];
        }

        return line;
    }
}
