namespace InferenceBridge.Imaging;

/// <summary>Statistics of a whole volume, plane by plane.</summary>
public static class VolumeStatistics
{
    /// <summary>Reads a volume once and returns its statistics.</summary>
    /// <param name="volume">The volume; 32-bit integers and float64 are taken as float32.</param>
    /// <param name="estimateNoise">True to estimate the noise too, see <see cref="NoiseEstimator"/> and <see cref="NoiseLawEstimator"/>.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IntensityStatistics Compute(IVolumeReader volume, bool estimateNoise = false, CancellationToken cancellation = default)
    {
        var shape = volume.Info.Shape;
        var plane = new float[shape.PlaneElementCount];
        var statistics = new StatisticsAccumulator();
        var noise = new NoiseEstimator();
        var noiseLaw = new NoiseLawEstimator();
        for (long i = 0; i < shape.PlaneCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            volume.ReadPlane(i, plane);
            statistics.Add(plane);
            if (estimateNoise)
            {
                noise.Add(plane, shape.Height, shape.Width);
                noiseLaw.Add(plane, shape.Height, shape.Width);
            }
        }

        return estimateNoise
            ? statistics.ToStatistics(noise.StandardDeviation) with { NoiseLaw = noiseLaw.Estimate() }
            : statistics.ToStatistics();
    }
}
