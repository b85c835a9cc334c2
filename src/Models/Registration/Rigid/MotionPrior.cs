namespace InferenceBridge.Models;

/// <summary>
/// How much frames move altogether, and what a measured displacement is worth by that (empirical Bayes): where displacements scatter by
/// no more than their errors, frames have not moved, and are left alone.
/// </summary>
/// <param name="assumesStill">Whether, until something was learned, only evident motion counts; else all that is measured does.</param>
internal sealed class MotionPrior(bool assumesStill = false)
{
    /// <summary>
    /// Motion of less than so many px, root mean square, is not worth correcting: what resampling does to the pixels is more. Beyond the
    /// errors that are measured, displacements may be wrong by as much.
    /// </summary>
    private const double Negligible = 0.06;

    // A frame that has moved by more has done so by itself, whatever the others have done; with so many standard errors beside.
    private const double Evident = 0.2;
    private const double EvidentErrors = 3;

    private double _sumAxial;
    private double _sumLateral;
    private long _count;
    private (double Axial, double Lateral)? _variance = assumesStill ? (0, 0) : null;

    /// <summary>Takes in what was measured on a frame.</summary>
    /// <param name="measured">In px.</param>
    /// <param name="variance">Squares of its standard errors, in px².</param>
    public void Learn(Displacement measured, Displacement variance)
    {
        _sumAxial += (measured.Z * measured.Z) - variance.Z;
        _sumLateral += ((measured.Y * measured.Y) - variance.Y + (measured.X * measured.X) - variance.X) / 2;
        _count++;
    }

    /// <summary>What was learned counts from now on. One frame tells nothing.</summary>
    public void Update()
    {
        if (_count > 1)
        {
            double Excess(double sum) => Math.Max(0, (sum / _count) - (Negligible * Negligible));
            _variance = (Excess(_sumAxial), Excess(_sumLateral));
        }
    }

    /// <summary>What is expected of a frame's displacement, given what was measured on it.</summary>
    public Displacement Expected(Displacement measured, Displacement variance) => _variance is not { } prior
        ? measured
        : new Displacement(
            Expected(measured.Z, variance.Z, prior.Axial), Expected(measured.Y, variance.Y, prior.Lateral), Expected(measured.X, variance.X, prior.Lateral));

    public void Write(BinaryWriter writer)
    {
        writer.Write(_sumAxial);
        writer.Write(_sumLateral);
        writer.Write(_count);
        writer.Write(_variance is not null);
        writer.Write(_variance?.Axial ?? 0);
        writer.Write(_variance?.Lateral ?? 0);
    }

    public void Read(BinaryReader reader)
    {
        (_sumAxial, _sumLateral, _count) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
        var isKnown = reader.ReadBoolean();
        var variance = (reader.ReadDouble(), reader.ReadDouble());
        _variance = isKnown ? variance : null;
    }

    private static double Expected(double measured, double variance, double prior)
    {
        var error = variance + (Negligible * Negligible);
        var signal = Math.Max(prior, (measured * measured) - (Evident * Evident) - (EvidentErrors * EvidentErrors * variance));
        return measured * (signal / (signal + error));
    }
}
