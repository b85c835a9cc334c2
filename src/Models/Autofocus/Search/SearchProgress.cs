namespace InferenceBridge.Models;

/// <summary>How far one search has come: its frames, and what it still trusts.</summary>
internal sealed class SearchProgress(FocusSearchOptions options)
{
    // Moves on the word of readings before the score takes over.
    private const int MostPredictions = 5;

    private readonly List<SearchPoint> _points = [];
    private int _predictions;

    /// <summary>The frames in their order.</summary>
    public IReadOnlyList<SearchPoint> Points => _points;

    /// <summary>Whether readings may still tell where to go.</summary>
    public bool MayPredict => _predictions < MostPredictions;

    /// <summary>Whether scores are being taken about the place that readings told.</summary>
    public bool IsConfirming { get; set; }

    /// <summary>First step of a search by the score, in µm.</summary>
    public double FirstStep { get; private set; } = options.SearchStep;

    public void Add(SearchPoint point) => _points.Add(point);

    /// <summary>Counts a move on the word of readings.</summary>
    public void Predict() => _predictions++;

    /// <summary>Leaves it to the score, in small steps from here.</summary>
    public void DistrustReadings() => (_predictions, IsConfirming, FirstStep) = (MostPredictions, false, Math.Min(FirstStep, 2 * options.Tolerance));

    /// <summary>Lets readings tell once more where to go.</summary>
    public void TrustReadingsOnceMore() => _predictions = MostPredictions - 1;

    /// <summary>Forgets the frames.</summary>
    public void Clear() => _points.Clear();

    /// <summary>Begins anew, the first step no larger than this, in µm.</summary>
    public void Restart(double firstStep)
    {
        Clear();
        (_predictions, IsConfirming, FirstStep) = (0, false, Math.Min(firstStep, options.SearchStep));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_predictions);
        writer.Write(IsConfirming);
        writer.Write(FirstStep);
        writer.Write(_points.Count);
        _points.ForEach(point => point.Write(writer));
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(BinaryReader reader)
    {
        (_predictions, IsConfirming, FirstStep) = (reader.ReadInt32(), reader.ReadBoolean(), reader.ReadDouble());
        var count = reader.ReadInt32();
        if (count < 0 || count > options.MaximumFrames)
        {
            throw new InvalidDataException($"a search of {count} frames");
        }

        Clear();
        for (var i = 0; i < count; i++)
        {
            _points.Add(SearchPoint.Read(reader));
        }
    }
}
