namespace InferenceBridge.Models;

/// <summary>The maximum of the score between the frames of a search.</summary>
internal static class CurveTop
{
    // Points on each side of the best that are fitted.
    private const int Reach = 2;

    /// <summary>Fits the best frame and those around it.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="farthest">From the best, in µm, that a point is fitted; its neighbours always are.</param>
    /// <returns>z of the maximum, between the neighbours of the best, and its standard deviation, in µm.</returns>
    public static (double Z, double Deviation) Find(ScoreCurve curve, double farthest)
    {
        var best = curve.Best;
        var (first, last) = (Math.Max(best - 1, 0), Math.Min(best + 1, curve.Count - 1));
        var (low, high) = (curve.Z[first], curve.Z[last]);
        while (first > Math.Max(best - Reach, 0) && curve.Z[best] - curve.Z[first - 1] <= farthest)
        {
            first--;
        }

        while (last < Math.Min(best + Reach, curve.Count - 1) && curve.Z[last + 1] - curve.Z[best] <= farthest)
        {
            last++;
        }

        var peak = FocusCurve.Find([.. Enumerable.Range(first, last - first + 1).Select(i => new FocusPoint(curve.Z[i], curve.Scores[i]))]);
        return peak.Kind == FocusPeakKind.Inside
            ? (Math.Clamp(peak.Z, low, high), peak.StandardDeviation ?? ((high - low) / 4))
            : (curve.Z[best], (high - low) / 4);
    }
}
