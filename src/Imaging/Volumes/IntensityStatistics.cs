namespace InferenceBridge.Imaging;

/// <summary>Statistics over all finite pixels of a volume, in the unit of the pixels.</summary>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation of the population.</param>
/// <param name="NoiseStandardDeviation">Standard deviation of the noise; null where it has not been estimated.</param>
/// <param name="NoiseLaw">How the noise grows with the signal; null where that has not been, or cannot be, estimated.</param>
public sealed record IntensityStatistics(
    double Minimum, double Maximum, double Mean, double StandardDeviation, double? NoiseStandardDeviation = null,
    NoiseLaw? NoiseLaw = null);
