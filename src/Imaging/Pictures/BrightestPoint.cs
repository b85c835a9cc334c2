namespace InferenceBridge.Imaging;

/// <summary>The brightest voxel of a stack, the first one where several are as bright.</summary>
/// <param name="Z">Slice.</param>
/// <param name="Y">Row.</param>
/// <param name="X">Column.</param>
internal readonly record struct BrightestPoint(int Z, int Y, int X)
{
    /// <summary>Looks through one stack plane by plane; NaN is passed over.</summary>
    internal static BrightestPoint Of(IVolumeReader volume, int frame, int channel, CancellationToken cancellation)
    {
        var shape = volume.Info.Shape;
        var plane = new float[shape.PlaneElementCount];
        var (best, point) = (float.NegativeInfinity, default(BrightestPoint));
        for (var z = 0; z < shape.Depth; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            volume.ReadPlane(shape.PlaneNumber(frame, channel, z), plane);
            for (var i = 0; i < plane.Length; i++)
            {
                if (plane[i] > best)
                {
                    (best, point) = (plane[i], new BrightestPoint(z, i / shape.Width, i % shape.Width));
                }
            }
        }

        return point;
    }
}
