namespace InferenceBridge.Models;

/// <summary>
/// The pupil's phase over its height, on a midpoint grid. Moving the stage by z µm away from best focus changes the path through the immersion:
/// k z (√(n² − NA²ρ²) − n). A layer of d µm of the sample's index in place of the immersion's adds k d (√(ns² − NA²ρ²) − √(n² − NA²ρ²)); of this the parts
/// that a piston and a move of the stage would make, found by least squares over the pupil's area, are taken off, so that z = 0 is best focus.
/// </summary>
internal sealed class DefocusPupil
{
    /// <summary>Heights of the grid, enough for an aperture of 1.45 in oil 10 µm out of focus.</summary>
    public const int Count = 240;

    private const double BalancedRms = 2.23606797749979;

    public DefocusPupil(FocusOptics optics)
    {
        var pupil = new ObjectivePupil(new Optics
        {
            NumericalAperture = optics.NumericalAperture, WavelengthNm = optics.WavelengthNm, ImmersionIndex = optics.ImmersionIndex,
        }, optics.WavelengthNm);
        var edge = Math.Min(1, (optics.SampleIndex ?? optics.ImmersionIndex) / optics.NumericalAperture);
        Heights = [.. Enumerable.Range(0, Count).Select(i => edge * (i + 0.5) / Count)];
        Defocus = Array.ConvertAll(Heights, rho => pupil.WaveNumber * pupil.Excess(optics.ImmersionIndex, rho));
        Aberration = Mismatch(optics, pupil);
        for (var i = 0; i < Count; i++)
        {
            var square = Heights[i] * Heights[i];
            Aberration[i] += 2 * Math.PI * optics.SphericalWaves * ((6 * square * square) - (6 * square) + 1);
        }
    }

    /// <summary>Heights in the pupil, 0 to 1; they are also the weights of the area.</summary>
    public double[] Heights { get; }

    /// <summary>Phase of 1 µm of defocus, in radians.</summary>
    public double[] Defocus { get; }

    /// <summary>Phase that does not change with the stage, in radians.</summary>
    public double[] Aberration { get; }

    /// <summary>The aberration's root mean square over the pupil, in the units of <see cref="FocusOptics.SphericalWaves"/>.</summary>
    public double SphericalWaves
    {
        get
        {
            var total = Heights.Sum();
            var mean = Heights.Zip(Aberration, (w, a) => w * a).Sum() / total;
            var square = Heights.Zip(Aberration, (w, a) => w * (a - mean) * (a - mean)).Sum() / total;
            return BalancedRms * Math.Sqrt(square) / (2 * Math.PI);
        }
    }

    private double[] Mismatch(FocusOptics optics, ObjectivePupil pupil)
    {
        if (optics.SampleIndex is not { } sample || sample == optics.ImmersionIndex || optics.DepthMicrometres == 0)
        {
            return new double[Count];
        }

        var phase = Array.ConvertAll(Heights, rho => pupil.WaveNumber * optics.DepthMicrometres
            * (pupil.Excess(sample, rho) - pupil.Excess(optics.ImmersionIndex, rho)));
        var total = Heights.Sum();
        double Mean(double[] values) => Heights.Zip(values, (w, v) => w * v).Sum() / total;
        var (phaseMean, defocusMean) = (Mean(phase), Mean(Defocus));
        var (covariance, variance) = (0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            covariance += Heights[i] * (phase[i] - phaseMean) * (Defocus[i] - defocusMean);
            variance += Heights[i] * (Defocus[i] - defocusMean) * (Defocus[i] - defocusMean);
        }

        var slope = covariance / variance;
        return [.. phase.Select((value, i) => value - phaseMean - (slope * (Defocus[i] - defocusMean)))];
    }
}
