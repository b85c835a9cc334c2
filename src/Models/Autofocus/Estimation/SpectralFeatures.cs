namespace InferenceBridge.Models;

/// <summary>What the spectra of a frame tell beside its noise.</summary>
/// <param name="Logarithms">Logarithm of the power over the noise's, less 1, for every ring of both spectra.</param>
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

    /// <summary>How much structure a frame holds: the sum of the weights of its windowed spectrum.</summary>
    public double Structure => Weights.Take(SpectralBins.Count).Sum();

    /// <summary>Features of the spectra of a plane.</summary>
    /// <param name="spectra">Power for every ring of both.</param>
    /// <param name="independent">Independent values in every ring.</param>
    /// <param name="lowest">Frequency below which rings do not count, in cycles per pixel.</param>
    public static SpectralFeatures Of(double[] spectra, double[] independent, double lowest)
    {
        var (logarithms, weights) = (new double[RadialSpectrum.Length], new double[RadialSpectrum.Length]);

        // Edges are no structure: the windowed spectrum, which has none, decides.
        var evident = Fill(0);
        if (evident < LeastEvidentRings)
        {
            return new SpectralFeatures(logarithms, weights, true);
        }

        Fill(SpectralBins.Count);
        return new SpectralFeatures(logarithms, weights, false);

        int Fill(int first)
        {
            var last = spectra[(first + SpectralBins.Count - NoiseRings)..(first + SpectralBins.Count)];
            Array.Sort(last);
            var noise = (last[(NoiseRings / 2) - 1] + last[NoiseRings / 2]) / 2;
            if (!(noise > 0))
            {
                return 0;
            }

            var count = 0;
            for (var ring = 0; ring < SpectralBins.Count; ring++)
            {
                var above = (spectra[first + ring] / noise) - 1;
                var deviation = 1 / Math.Sqrt(independent[first + ring]);
                logarithms[first + ring] = Math.Log(Math.Max(above, 0) + Floor);
                if (SpectralBins.Centres[ring] >= lowest)
                {
                    weights[first + ring] = above <= 0 ? 0 : above / (above + (Deviations * deviation) + Floor);
                    count += above > (EvidentDeviations * deviation) + Floor ? 1 : 0;
                }
            }

            return count;
        }
    }
}
