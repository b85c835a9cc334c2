namespace InferenceBridge.Models;

/// <summary>As <see cref="MotionPrior"/>, for how far fields are from their rigid part.</summary>
internal sealed class FieldPrior
{
    // px, root mean square, as in MotionPrior.
    private const double Negligible = 0.1;
    private const double Evident = 0.3;
    private const double EvidentErrors = 3;

    private double _sum;
    private long _count;
    private double? _variance;

    /// <summary>Takes in a field.</summary>
    /// <param name="square">Mean square of the displacements, in px².</param>
    /// <param name="error">What it would be without motion, by noise alone.</param>
    public void Learn(double square, double error)
    {
        _sum += square - error;
        _count++;
    }

    /// <summary>What was learned counts from now on. One frame tells nothing.</summary>
    public void Update() => _variance = _count > 1 ? Math.Max(0, (_sum / _count) - (Negligible * Negligible)) : null;

    /// <summary>The share of a measured field that is expected to be motion.</summary>
    public double Share(double square, double error)
    {
        if (_variance is not { } prior)
        {
            return 1;
        }

        var signal = Math.Max(prior, square - (Evident * Evident) - (EvidentErrors * EvidentErrors * error));
        return signal / (signal + error + (Negligible * Negligible));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_sum);
        writer.Write(_count);
        writer.Write(_variance ?? -1);
    }

    public void Read(BinaryReader reader)
    {
        (_sum, _count) = (reader.ReadDouble(), reader.ReadInt64());
        var variance = reader.ReadDouble();
        _variance = variance < 0 ? null : variance;
    }
}
