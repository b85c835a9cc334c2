using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>The largest values of one stack along z, y and x. NaN is passed over; where nothing else is, −∞ stands.</summary>
/// <param name="AlongZ">Rows are y, columns are x.</param>
/// <param name="AlongY">Rows are z, columns are x.</param>
/// <param name="AlongX">Rows are y, columns are z.</param>
internal sealed record MaximumProjections(FloatImage AlongZ, FloatImage AlongY, FloatImage AlongX)
{
    /// <summary>Reads one stack, plane by plane.</summary>
    internal static MaximumProjections Compute(IVolumeReader volume, int frame, int channel, CancellationToken cancellation)
    {
        var (depth, height, width) = (volume.Info.Shape.Depth, volume.Info.Shape.Height, volume.Info.Shape.Width);
        var plane = new float[checked((long)height * width)];
        var alongZ = new float[plane.Length];
        var alongY = new float[checked((long)depth * width)];
        var alongX = new float[checked((long)height * depth)];
        Array.Fill(alongZ, float.NegativeInfinity);
        Array.Fill(alongY, float.NegativeInfinity);
        for (var z = 0; z < depth; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            volume.ReadPlane(volume.Info.Shape.PlaneNumber(frame, channel, z), plane);
            ReplaceNaN(plane);
            TensorPrimitives.Max(alongZ, plane, alongZ);
            var columns = alongY.AsSpan(z * width, width);
            for (var y = 0; y < height; y++)
            {
                var row = plane.AsSpan(y * width, width);
                TensorPrimitives.Max(columns, row, columns);
                alongX[(y * depth) + z] = TensorPrimitives.Max<float>(row);
            }
        }

        return new MaximumProjections(new FloatImage(width, height, alongZ),
            new FloatImage(width, depth, alongY), new FloatImage(depth, height, alongX));
    }

    private static void ReplaceNaN(float[] plane)
    {
        if (PixelConverter.FindNonFinite(plane) < 0)
        {
            return;
        }

        for (var i = 0; i < plane.Length; i++)
        {
            plane[i] = float.IsNaN(plane[i]) ? float.NegativeInfinity : plane[i];
        }
    }
}
