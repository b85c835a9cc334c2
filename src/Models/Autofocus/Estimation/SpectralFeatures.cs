namespace InferenceBridge.Models;

/// <summary>What the spectrum of a frame tells beside its noise.</summary>
/// <param name="Logarithms">Logarithm of the power over the noise's, less 1, for every ring.</param>
/// <param name="Weights">How much each ring stands out of the noise, 0 to 1.</param>
/// <param name="IsEmpty">Whether no structure stands out.</param>
internal sealed record SpectralFeatures(double[] Logarithms, double[] Weights, bool IsEmpty)
{
    // The last rings hold noise alone where the camera samples well, and little else where it does not.
    private const int NoiseRings = 10;
    private const double Floor = 0.02;
    private const double Deviations = 3;
    private const double EvidentDeviations = 6;
    private const int LeastEvidentRings = 3;

    /// <summary>How much structure a frame holds: the sum of its weights.</summary>
    public double Structure => Weights.Sum();

    /// <summary>Features of a spectrum.</summary>
    /// <param name="spectrum">Power for every ring.</param>
    /// <param name="independent">Independent values in every ring.</param>
    /// <param name="lowest">Frequency below which rings do not count, in cycles per pixel.</param>
    public static SpectralFeatures Of(double[] spectrum, double[] independent, double lowest)
    {
        var last = spectrum[^NoiseRings..];
        Array.Sort(last);
        var noise = (last[(NoiseRings / 2) - 1] + last[NoiseRings / 2]) / 2;
        var (logarithms, weights) = (new double[SpectralBins.Count], new double[SpectralBins.Count]);
        if (!(noise > 0))
        {
            return new SpectralFeatures(logarithms, weights, true);
        }

        var evident = 0;
        for (var ring = 0; ring < SpectralBins.Count; ring++)
        {
            var above = (spectrum[ring] / noise) - 1;
            var deviation = 1 / Math.Sqrt(independent[ring]);
            logarithms[ring] = Math.Log(Math.Max(above, 0) + Floor);
            if (SpectralBins.Centres[ring] < lowest)
            {
                continue;
            }

            weights[ring] = above <= 0 ? 0 : above / (above + (Deviations * deviation) + Floor);
            evident += above > (EvidentDeviations * deviation) + Floor ? 1 : 0;
        }

        return new SpectralFeatures(logarithms, weights, evident < LeastEvidentRings);
    }
}
