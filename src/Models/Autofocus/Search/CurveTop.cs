namespace InferenceBridge.Models;

/// <summary>The maximum of the score between the frames of a search.</summary>
internal static class CurveTop
{
    // Points on each side of the best that are fitted.
    private const int Reach = 2;

    /// <summary>Fits the best frame and those around it.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="farthest">From the best, in µm, that a point is fitted; its neighbours always are.</param>
    /// <param name="fallen">Places below and above the best that have clearly fallen, which are fitted too within that distance; its neighbours, as a rule.</param>
    /// <returns>z of the maximum, between the places that have fallen, and its standard deviation, in µm.</returns>
    public static (double Z, double Deviation) Find(ScoreCurve curve, double farthest, (int Below, int Above)? fallen = null)
    {
        var best = curve.Best;
        var (below, above) = fallen ?? (best - 1, best + 1);
        var (first, last) = (Math.Max(best - 1, 0), Math.Min(best + 1, curve.Count - 1));
        while (first > 0 && (best - first < Reach || first > below) && curve.Z[best] - curve.Z[first - 1] <= farthest)
        {
            first--;
        }

        while (last < curve.Count - 1 && (last - best < Reach || last < above) && curve.Z[last + 1] - curve.Z[best] <= farthest)
        {
            last++;
        }

        var (low, high) = (curve.Z[Math.Max(first, Math.Min(below, Math.Max(best - 1, 0)))], curve.Z[Math.Min(last, Math.Max(above, Math.Min(best + 1, curve.Count - 1)))]);
        var peak = FocusCurve.Find([.. Enumerable.Range(first, last - first + 1).Select(i => new FocusPoint(curve.Z[i], curve.Scores[i]))]);
        return peak.Kind == FocusPeakKind.Inside
            ? (Math.Clamp(peak.Z, low, high), peak.StandardDeviation ?? ((high - low) / 4))
            : (curve.Z[best], (high - low) / 4);
    }
}
