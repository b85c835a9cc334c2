namespace InferenceBridge.Models;

/// <summary>
/// How far fields are from their rigid part in a movie, and how steep they are, as <see cref="MotionPrior"/> has it for shifts: fields that
/// are no larger than noise makes them are left out, and neighbouring nodes may differ by as much as they do in this movie.
/// </summary>
/// <param name="assumesStill">As in <see cref="MotionPrior"/>.</param>
internal sealed class FieldPrior(bool assumesStill = false)
{
    // px, root mean square, as in MotionPrior.
    private const double Negligible = 0.1;
    private const double Evident = 0.3;
    private const double EvidentErrors = 3;

    // px per px, root mean square: what is expected before anything is known, and what may be learned. Smoothed fields are flatter than
    // the motion they come from.
    private const double FirstSlope = 0.04;
    private const double SmallestSlope = 0.03;
    private const double LargestSlope = 0.1;
    private const double Flattening = 2;

    private FieldEnergy _sum;
    private double _noise;
    private long _count;
    private double? _variance = assumesStill ? 0 : null;

    /// <summary>How much neighbouring nodes may differ, in px for each px between them, root mean square.</summary>
    public double Slope { get; private set; } = FirstSlope;

    /// <summary>Takes in a field.</summary>
    /// <param name="found">Of the field that was measured.</param>
    /// <param name="noise">Of what noise alone would make.</param>
    public void Learn(FieldEnergy found, FieldEnergy noise)
    {
        _sum = new FieldEnergy(_sum.Square + found.Square, _sum.Slope + found.Slope);
        _noise += noise.Square;
        _count++;
    }

    /// <summary>What was learned counts from now on. One frame tells nothing.</summary>
    public void Update()
    {
        if (_count > 1)
        {
            var moving = Math.Max(0, _sum.Square - _noise);
            _variance = Math.Max(0, (moving / _count) - (Negligible * Negligible));
            Slope = Math.Clamp(Flattening * Math.Sqrt(_sum.Slope / _count * moving / Math.Max(_sum.Square, double.Epsilon)), SmallestSlope, LargestSlope);
        }
    }

    /// <summary>The share of a measured field that is expected to be motion.</summary>
    public double Share(FieldEnergy found, FieldEnergy noise)
    {
        if (_variance is not { } prior)
        {
            return 1;
        }

        var signal = Math.Max(prior, found.Square - (Evident * Evident) - (EvidentErrors * EvidentErrors * noise.Square));
        return signal / (signal + noise.Square + (Negligible * Negligible));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_sum.Square);
        writer.Write(_sum.Slope);
        writer.Write(_noise);
        writer.Write(_count);
        writer.Write(_variance ?? -1);
        writer.Write(Slope);
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(BinaryReader reader)
    {
        _sum = new FieldEnergy(reader.ReadDouble(), reader.ReadDouble());
        _noise = reader.ReadDouble();
        _count = reader.ReadInt64();
        var variance = reader.ReadDouble();
        _variance = variance < 0 ? null : variance;
        var slope = reader.ReadDouble();
        Slope = slope is >= SmallestSlope and <= LargestSlope ? slope : throw new InvalidDataException($"a slope of {slope}");
    }
}

/// <summary>How large a field is.</summary>
/// <param name="Square">Mean square of its displacements, in px².</param>
/// <param name="Slope">Mean square of its slopes.</param>
internal readonly record struct FieldEnergy(double Square, double Slope);
