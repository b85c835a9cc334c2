namespace InferenceBridge.Imaging;

/// <summary>One image of a report.</summary>
/// <param name="Caption">What it is, in a few words.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">X fastest; NaN is black.</param>
public sealed record ReportImage(string Caption, int Width, int Height, float[] Values)
{
    /// <summary>The mean over the frames and slices of one channel, of values that are finite. Frames are read one by one.</summary>
    /// <param name="caption">What it is.</param>
    /// <param name="movie">The movie; only read.</param>
    /// <param name="channel">Channel, from 0.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReportImage MeanOf(string caption, IVolumeReader movie, int channel, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(movie);
        var shape = movie.Info.Shape;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, shape.Channels);
        var plane = new float[shape.PlaneElementCount];
        var (sums, counts) = (new double[plane.Length], new long[plane.Length]);
        for (var t = 0; t < shape.Frames; t++)
        {
            for (var z = 0; z < shape.Depth; z++)
            {
                cancellation.ThrowIfCancellationRequested();
                movie.ReadPlane(shape.PlaneNumber(t, channel, z), plane);
                for (var i = 0; i < plane.Length; i++)
                {
                    if (float.IsFinite(plane[i]))
                    {
                        sums[i] += plane[i];
                        counts[i]++;
                    }
                }
            }
        }

        return new ReportImage(caption, shape.Width, shape.Height, [.. sums.Zip(counts, (sum, count) => count > 0 ? (float)(sum / count) : float.NaN)]);
    }
}
