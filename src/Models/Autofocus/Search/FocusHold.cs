namespace InferenceBridge.Models;

/// <summary>What keeping the focus asks for.</summary>
/// <param name="Move">Correction in µm; 0 for none.</param>
/// <param name="Deviation">Its standard deviation in µm.</param>
/// <param name="IsLost">Whether the focus has to be looked for again.</param>
internal readonly record struct FocusHoldStep(double Move, double Deviation, bool IsLost);

/// <summary>
/// Keeps the focus against drift: corrects what readings agree on over a few frames, and leaves alone what lies within the tolerance or the
/// noise. Where there are no readings, it watches the score, which falls with drift and with bleaching: then the focus is looked for again.
/// </summary>
internal sealed class FocusHold(FocusSearchOptions options)
{
    // Readings that are averaged at most, and that a correction takes at least.
    private const int MostReadings = 4;
    private const int LeastReadings = 2;

    // Standard deviations that a defocus has to be away from none.
    private const double Significance = 2;

    // Part of a correction that is made, so that noise is not amplified.
    private const double Gain = 0.8;

    // Frames without a reading and with a score below this part of that in focus, after which the focus is lost.
    private const int LostFrames = 3;
    private const double LostScore = 0.8;

    private readonly List<FocusReading> _readings = [];
    private double _score;
    private int _doubtful;
    private int _way = 1;
    private double _lastDistance = double.NaN;

    /// <summary>The focus has been found.</summary>
    /// <param name="score">The score there.</param>
    public void Begin(double score)
    {
        _readings.Clear();
        (_score, _doubtful, _lastDistance) = (score, 0, double.NaN);
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="point">The frame.</param>
    /// <param name="isHolding">False where the focus could not be found, and is waited for.</param>
    public FocusHoldStep Next(SearchPoint point, bool isHolding)
    {
        var hasReading = point.Reading.Kind is FocusReadingKind.Signed or FocusReadingKind.Open;
        var isSharp = !point.IsEmpty && point.Score >= LostScore * _score;
        if (!isHolding)
        {
            return new FocusHoldStep(0, 0, IsLost: hasReading || (isSharp && _score > 0));
        }

        _doubtful = hasReading || isSharp ? 0 : _doubtful + 1;
        if (_doubtful >= LostFrames)
        {
            return new FocusHoldStep(0, 0, IsLost: true);
        }

        return hasReading ? Correct(point.Reading) : default;
    }

    /// <summary>Writes what a new job needs to go on.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_score);
        writer.Write(_doubtful);
        writer.Write(_way);
        writer.Write(_lastDistance);
        writer.Write(_readings.Count);
        _readings.ForEach(reading => new SearchPoint(0, 0, false, reading, 0).Write(writer));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(BinaryReader reader)
    {
        (_score, _doubtful, _way, _lastDistance) = (reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
        var count = reader.ReadInt32();
        if (count is < 0 or > MostReadings)
        {
            throw new InvalidDataException($"{count} readings");
        }

        _readings.Clear();
        for (var i = 0; i < count; i++)
        {
            _readings.Add(SearchPoint.Read(reader).Reading);
        }
    }

    private FocusHoldStep Correct(FocusReading reading)
    {
        _readings.Add(reading);
        if (_readings.Count > MostReadings)
        {
            _readings.RemoveAt(0);
        }

        var isSigned = _readings.TrueForAll(each => each.Kind == FocusReadingKind.Signed);
        var mean = isSigned ? _readings.Average(each => each.Defocus) : _readings.Average(each => Math.Abs(each.Defocus));
        var deviation = Math.Sqrt(_readings.Average(each => each.Deviation * each.Deviation) / _readings.Count);
        if (Math.Abs(mean) <= Math.Max(options.Tolerance, Significance * deviation) || _readings.Count < LeastReadings)
        {
            return default;
        }

        _readings.Clear();
        return new FocusHoldStep(isSigned ? -Gain * mean : Side(mean), deviation, IsLost: false);
    }

    // An open sign: the same way as before while the distance shrinks, else the other.
    private double Side(double distance)
    {
        _way = distance > _lastDistance ? -_way : _way;
        _lastDistance = distance;
        return _way * distance;
    }
}
