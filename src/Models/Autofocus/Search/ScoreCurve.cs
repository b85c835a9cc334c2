namespace InferenceBridge.Models;

/// <summary>
/// The scores of a search over z, in ascending order; frames at the same place are averaged. Where something is above 0, all below counts as 0: a metric
/// such as Vollath's that falls below 0 beside a peak, and rises again farther out, has no slope there to follow.
/// </summary>
internal sealed class ScoreCurve
{
    // Of how unlikely noise must be: 99 of 100 cases, and where the frames' noise is known and does not tell a peak, 1999 of 2000.
    private const double Likely = 9.5;
    private const double Strict = 15;

    private readonly ScorePlace[] _places;

    /// <param name="points">Frames in the order in which they came.</param>
    /// <param name="same">Distance in µm below which two frames were taken at the same place.</param>
    public ScoreCurve(IReadOnlyList<SearchPoint> points, double same)
    {
        // A frame without structure is as blurred as can be.
        var least = points.Where(point => !point.IsEmpty).Select(point => point.Score).DefaultIfEmpty(0).Min();
        var groups = new List<List<SearchPoint>>();
        foreach (var point in points.OrderBy(point => point.Z))
        {
            if (groups.Count > 0 && point.Z - groups[^1].Average(each => each.Z) <= same)
            {
                groups[^1].Add(point);
            }
            else
            {
                groups.Add([point]);
            }
        }

        _places = [.. groups.Select(group => ScorePlace.Of(group, least))];
        Z = [.. _places.Select(place => place.Z)];
        var floor = _places.Max(place => place.Score) > 0 ? 0 : double.NegativeInfinity;
        Scores = [.. _places.Select(place => Math.Max(place.Score, floor))];
        (Highest, Lowest) = (Scores.Max(), Scores.Min());
        Best = Array.IndexOf(Scores, Highest);
        KnowsNoise = Array.TrueForAll(_places, place => place.KnowsNoise);
    }

    public int Count => _places.Length;

    /// <summary>Index of the highest score.</summary>
    public int Best { get; }

    public double[] Z { get; }

    public double[] Scores { get; }

    public double Highest { get; }

    public double Lowest { get; }

    /// <summary>Highest score less lowest.</summary>
    public double Contrast => Highest - Lowest;

    /// <summary>Whether all frames tell how much of a difference may be noise.</summary>
    public bool KnowsNoise { get; }

    /// <summary>Whether the frames say that the best place is sharper than some other.</summary>
    public bool IsSeen => Enumerable.Range(0, Count).Any(i => _places[Best].IsSharperThan(_places[i]));

    /// <summary>
    /// Whether a bell explains more of the scores than it does of white noise in 99 of 100 cases (1999 of 2000 where the frames do not bear it out), by the
    /// simulations of <see cref="SortedCurve"/>; for five places or more.
    /// </summary>
    public bool HasPeak => Contrast > 0 && PeakEvidence.Explained(Z, [.. _places.Select(place => place.Score)]) > 1 - Math.Exp(-((KnowsNoise ? Strict : Likely) + (1.5 * Math.Log(Count))) / (Count - 3));

    /// <summary>Whether the best place is surely sharper than one below it and one above, whatever the camera is.</summary>
    public bool IsSure => _places[..Best].Any(_places[Best].IsSurelySharperThan) && _places[(Best + 1)..].Any(_places[Best].IsSurelySharperThan);

    /// <summary>Index of the nearest place, below the best or above it, whose score is clearly lower; −1 where there is none.</summary>
    /// <param name="way">−1 below, 1 above.</param>
    /// <param name="drop">What is clear.</param>
    /// <param name="isSeen">Whether the frames tell such differences; else they only have to be likely, where the frames' noise is known.</param>
    public int Fallen(int way, double drop, bool isSeen)
    {
        for (var i = Best + way; i >= 0 && i < Count; i += way)
        {
            if (Scores[i] < Highest - drop && (!KnowsNoise || (isSeen ? _places[Best].IsSharperThan(_places[i]) : _places[Best].IsLikelySharperThan(_places[i]))))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Places whose score is more than a part of the contrast above the lowest.</summary>
    public int CountAbove(double part) => Scores.Count(score => score > Lowest + (part * Contrast));
}
