using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models;

/// <summary>Makes the input of a <see cref="SpectralFocusNetwork"/> for one microscope and one size of plane.</summary>
internal sealed class SpectralInput
{
    /// <summary>Values of one input.</summary>
    public const int Length = SpectralFocusNetwork.Rows * SpectralBins.Count;

    private const double Faintest = 1e-5;

    // Each ring is sampled this often, so that fringes narrower than it average out as they do in the frame's spectrum.
    private const int Samples = 3;

    private readonly float[] _transfer = new float[Length];

    /// <param name="optics">The microscope as it is known.</param>
    /// <param name="shortestSide">Shorter side of the planes in pixels.</param>
    public SpectralInput(FocusOptics optics, int shortestSide)
    {
        var transfer = Transfer(optics, DefocusClasses.Largest, shortestSide);
        for (var ring = 0; ring < SpectralBins.Count; ring++)
        {
            _transfer[(2 * SpectralBins.Count) + ring] = (float)(SpectralBins.Centres[ring] / optics.Cutoff);
            _transfer[(3 * SpectralBins.Count) + ring] = (float)Math.Log(SpectralBins.Centres[ring] / 0.1);
        }

        for (var i = 0; i < DefocusClasses.Count; i++)
        {
            var power = Power(transfer, DefocusClasses.Micrometres[i]);
            for (var ring = 0; ring < SpectralBins.Count; ring++)
            {
                _transfer[((SpectralFocusNetwork.FrameRows + i) * SpectralBins.Count) + ring] = (float)Math.Log(power[ring] + Faintest);
            }
        }
    }

    /// <summary>Writes the input for a frame.</summary>
    /// <param name="features">Of its spectrum.</param>
    /// <param name="target">Takes <see cref="Length"/> values.</param>
    public void Fill(SpectralFeatures features, Span<float> target)
    {
        _transfer.CopyTo(target);
        for (var kind = 0; kind < RadialSpectrum.Kinds; kind++)
        {
            var (from, to) = (kind * SpectralBins.Count, SpectralFocusNetwork.SpectrumRow(kind) * SpectralBins.Count);
            for (var ring = 0; ring < SpectralBins.Count; ring++)
            {
                target[to + ring] = (float)features.Logarithms[from + ring];
                target[to + SpectralBins.Count + ring] = (float)features.Weights[from + ring];
            }
        }
    }

    /// <summary>The transfer at the frequencies that <see cref="Power"/> averages.</summary>
    public static DefocusTransfer Transfer(FocusOptics optics, double largestDefocus, int shortestSide) => new(optics, largestDefocus,
        [.. Enumerable.Range(0, SpectralBins.Count).SelectMany(ring =>
        {
            // The window of a small plane blurs more than the ring does.
            var half = Math.Max((SpectralBins.Edges[ring + 1] - SpectralBins.Edges[ring]) / 2, 1.0 / shortestSide);
            return Enumerable.Range(-1, Samples).Select(side => Math.Abs(SpectralBins.Centres[ring] + (side * half * 2 / Samples)));
        })]);

    /// <summary>Mean square of the transfer over every ring.</summary>
    public static double[] Power(DefocusTransfer transfer, double defocus)
    {
        var values = transfer.At(defocus);
        return [.. Enumerable.Range(0, SpectralBins.Count).Select(ring =>
            Enumerable.Range(ring * Samples, Samples).Sum(i => values[i] * values[i]) / Samples)];
    }
}
