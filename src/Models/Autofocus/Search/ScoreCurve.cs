namespace InferenceBridge.Models;

/// <summary>The scores of a search over z, in ascending order; frames at the same place are averaged.</summary>
internal sealed class ScoreCurve
{
    private readonly double[] _z;
    private readonly double[] _score;

    /// <param name="points">Frames in the order in which they came.</param>
    /// <param name="same">Distance in µm below which two frames were taken at the same place.</param>
    public ScoreCurve(IReadOnlyList<SearchPoint> points, double same)
    {
        // A frame without structure is as blurred as can be.
        var least = points.Where(point => !point.IsEmpty).Select(point => point.Score).DefaultIfEmpty(0).Min();
        List<(double Z, double Score, int Count)> merged = [];
        foreach (var point in points.OrderBy(point => point.Z))
        {
            var score = point.IsEmpty ? least : point.Score;
            if (merged.Count > 0 && point.Z - merged[^1].Z <= same)
            {
                var (z, sum, count) = merged[^1];
                merged[^1] = (((z * count) + point.Z) / (count + 1), ((sum * count) + score) / (count + 1), count + 1);
            }
            else
            {
                merged.Add((point.Z, score, 1));
            }
        }

        _z = [.. merged.Select(point => point.Z)];
        _score = [.. merged.Select(point => point.Score)];
        Best = Array.IndexOf(_score, _score.Max());
    }

    public int Count => _z.Length;

    /// <summary>Index of the highest score.</summary>
    public int Best { get; }

    public IReadOnlyList<double> Z => _z;

    public IReadOnlyList<double> Scores => _score;

    public double Lowest => _score.Min();

    /// <summary>
    /// Whether a bell explains more of the scores than it does of white noise in 99 of 100 cases, by the simulations of
    /// <see cref="SortedCurve"/>; for five places or more.
    /// </summary>
    public bool HasPeak => Contrast > 0 && PeakEvidence.Explained(_z, _score) > 1 - Math.Exp(-(9.5 + (1.5 * Math.Log(Count))) / (Count - 3));

    /// <summary>Highest score less lowest.</summary>
    public double Contrast => _score[Best] - Lowest;

    /// <summary>Index of the nearest place, below the best or above it, whose score is clearly lower; −1 where there is none.</summary>
    /// <param name="way">−1 below, 1 above.</param>
    /// <param name="drop">What is clear.</param>
    public int Fallen(int way, double drop)
    {
        for (var i = Best + way; i >= 0 && i < Count; i += way)
        {
            if (_score[i] < _score[Best] - drop)
            {
                return i;
            }
        }

        return -1;
    }
}
