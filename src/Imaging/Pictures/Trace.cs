namespace InferenceBridge.Imaging;

/// <summary>
/// Values over the frames of a movie of any length, in memory that does not grow with it: beyond <see cref="MaximumBins"/> frames,
/// neighbours are put together, and their smallest, mean and largest value kept.
/// </summary>
/// <param name="name">What it is, in a word.</param>
/// <param name="colour">How it is drawn.</param>
public sealed class Trace(string name, TraceColour colour)
{
    /// <summary>Points that are kept at most.</summary>
    public const int MaximumBins = 2048;

    private readonly Bin[] _bins = new Bin[MaximumBins];
    private long _last = -1;

    /// <summary>What it is, in a word.</summary>
    public string Name => name;

    /// <summary>How it is drawn.</summary>
    public TraceColour Colour => colour;

    /// <summary>Frames that one point stands for: a power of 2.</summary>
    public long FramesPerPoint { get; private set; } = 1;

    /// <summary>Number of the last frame; −1 where none has come.</summary>
    public long LastFrame => _last;

    /// <summary>Points that have values, in order: where the middle of their frames lies, and the values.</summary>
    public IEnumerable<(double Frame, double Smallest, double Mean, double Largest)> Points
    {
        get
        {
            for (var i = 0; i < MaximumBins && i * FramesPerPoint <= _last; i++)
            {
                if (_bins[i] is { Count: > 0 } bin)
                {
                    yield return ((i * FramesPerPoint) + ((FramesPerPoint - 1) / 2.0), bin.Smallest, bin.Sum / bin.Count, bin.Largest);
                }
            }
        }
    }

    /// <summary>Adds the value of a frame.</summary>
    /// <param name="frame">Its number, from 0.</param>
    /// <param name="value">Its value; one that is not finite leaves a gap.</param>
    public void Add(long frame, double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        _last = Math.Max(_last, frame);
        while (frame / FramesPerPoint >= MaximumBins)
        {
            Halve();
        }

        if (double.IsFinite(value))
        {
            ref var bin = ref _bins[frame / FramesPerPoint];
            bin = bin.With(new Bin(1, value, value, value));
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Array.Clear(_bins);
        (_last, FramesPerPoint) = (-1, 1);
    }

    private void Halve()
    {
        for (var i = 0; i < MaximumBins; i++)
        {
            _bins[i] = i < MaximumBins / 2 ? _bins[2 * i].With(_bins[(2 * i) + 1]) : default;
        }

        FramesPerPoint *= 2;
    }

    private readonly record struct Bin(long Count, double Smallest, double Sum, double Largest)
    {
        public Bin With(Bin other) => Count == 0 ? other : other.Count == 0 ? this : new Bin(
            Count + other.Count, Math.Min(Smallest, other.Smallest), Sum + other.Sum, Math.Max(Largest, other.Largest));
    }
}
