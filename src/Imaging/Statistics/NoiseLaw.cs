namespace InferenceBridge.Imaging;

/// <summary>
/// How the variance of a camera's noise depends on the signal: gain × value + variance at 0. Photon noise makes it grow with the
/// gain; read noise adds to, and the camera's offset takes from, the constant part, which may therefore be negative.
/// </summary>
/// <param name="Gain">ADU for one photon; 0 where the noise does not grow with the signal.</param>
/// <param name="VarianceAtZero">Variance in ADU² that the law gives at the value 0.</param>
public sealed record NoiseLaw(double Gain, double VarianceAtZero)
{
    /// <summary>Value in ADU at which the law gives no noise at all; not a number where the gain is 0.</summary>
    public double NoiselessValue => Gain > 0 ? -VarianceAtZero / Gain : double.NaN;

    /// <summary>The standard deviation at a value, in ADU; 0 where the law gives no positive variance.</summary>
    public double StandardDeviationAt(double value) => Math.Sqrt(Math.Max(0, (Gain * value) + VarianceAtZero));
}
