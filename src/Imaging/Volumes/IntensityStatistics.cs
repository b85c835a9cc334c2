namespace InferenceBridge.Imaging;

/// <summary>Statistics over all finite pixels of a volume, in the unit of the pixels.</summary>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation of the population.</param>
/// <param name="NoiseStandardDeviation">Standard deviation of the noise; null where it has not been estimated.</param>
public sealed record IntensityStatistics(
    double Minimum, double Maximum, double Mean, double StandardDeviation, double? NoiseStandardDeviation = null);
