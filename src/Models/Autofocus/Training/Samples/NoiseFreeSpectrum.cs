using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>The spectrum of a frame before a camera adds its noise.</summary>
/// <param name="Defocus">Stage minus best focus, in µm.</param>
/// <param name="Shape">What the spectrum was made with.</param>
/// <param name="Power">For every ring of both spectra, of light with a mean of about 1.</param>
/// <param name="Brightness">Mean of the light and its background.</param>
internal sealed record NoiseFreeSpectrum(double Defocus, RadialSpectrum Shape, double[] Power, double Brightness)
{
    // Rings of few values scatter so much that their power may come out below 0, which no frame's is.
    private const double Least = 0.05;

    // Terms of the factor by which objects differ; the first one's deviation, in nats: the others' are less, as the spectra of objects are smooth.
    private const int Terms = 3;
    private const double Deviation = 0.5;

    /// <summary>
    /// The spectrum of another object, defocused alike: its power differs by a random factor that changes slowly along the frequencies. That is what a
    /// filter of the sharp plane would do, which changes places with the blur.
    /// </summary>
    /// <param name="random">Random numbers.</param>
    public NoiseFreeSpectrum OfAnotherObject(SeededRandom random)
    {
        var factors = new double[SpectralBins.Count];
        for (var term = 1; term <= Terms; term++)
        {
            var (amplitude, phase) = (random.NextGaussian() * Deviation / term, random.NextUniform(0, Math.PI));
            for (var ring = 0; ring < factors.Length; ring++)
            {
                factors[ring] += amplitude * Math.Sqrt(2) * Math.Cos((Math.PI * term * ring / factors.Length) + phase);
            }
        }

        return this with { Power = [.. Power.Select((power, i) => power * Math.Exp(factors[i % factors.Length]))] };
    }

    /// <summary>
    /// The spectrum as a camera records it: photons and its electronics add an even noise, and every ring scatters as a mean of as many values does.
    /// </summary>
    /// <param name="camera">Its photons and read noise count; background and vignetting are in the spectrum already.</param>
    /// <param name="random">Random numbers.</param>
    public double[] Expose(FocusCamera camera, SeededRandom random)
    {
        var noise = (camera.Photons * Brightness) + (camera.ReadNoise * camera.ReadNoise);
        double[] windowed = [.. Enumerable.Range(0, SpectralBins.Count).Select(_ => random.NextGaussian())];
        var (shared, own) = (RadialSpectrum.NoiseCorrelation, Math.Sqrt(1 - (RadialSpectrum.NoiseCorrelation * RadialSpectrum.NoiseCorrelation)));
        return [.. Power.Select((power, i) =>
        {
            // The square of signal plus noise has a term with both, which vanishes on average alone.
            var signal = power * camera.Photons * camera.Photons;
            var scatter = Math.Sqrt(((2 * signal * noise) + (noise * noise)) / Shape.Independent[i]);
            var draw = i < SpectralBins.Count ? windowed[i] : (shared * windowed[i - SpectralBins.Count]) + (own * random.NextGaussian());
            return Math.Max(Least * noise, signal + noise + (scatter * draw));
        })];
    }
}
