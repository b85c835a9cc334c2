namespace InferenceBridge.Models;

/// <summary>Where the focus lies by what networks said of all frames of a search.</summary>
/// <param name="Z">The likeliest place, in µm.</param>
/// <param name="Deviation">Its standard deviation in µm.</param>
/// <remarks>
/// Every reading is a likelihood over the place of the focus: a normal distribution around z − defocus, or one on each side where the sign is
/// open, and a share for being quite wrong. Their product is judged at the places that some reading names; so a second frame settles an open
/// sign, and a single wrong reading is outvoted.
/// </remarks>
internal readonly record struct FocusBelief(double Z, double Deviation)
{
    // Of the range that a reading that is quite wrong may name, in 1/µm, times the share of such readings.
    private const double WrongDensity = 0.1 / 20;

    // A network is the less exact the farther away the focus is.
    private const double DeviationPerMicrometre = 0.04;

    // The log of how unlikely it is that of two frames the one that is clearly sharper is clearly farther from focus.
    private static readonly double ContradictsScore = Math.Log(0.1);

    // The same for a place that the stage cannot reach.
    private static readonly double Unreachable = Math.Log(0.1);

    /// <summary>Finds the likeliest place.</summary>
    /// <param name="points">The frames of a search.</param>
    /// <param name="window">Where it may go.</param>
    /// <param name="tolerance">What counts as focused, in µm.</param>
    /// <returns>null where no frame names a place.</returns>
    public static FocusBelief? Of(IReadOnlyList<SearchPoint> points, FocusWindow window, double tolerance)
    {
        (double Z, double Value)? best = null;
        foreach (var point in points)
        {
            foreach (var (place, weight) in Places(point))
            {
                // Of two places that are alike, the one that the frame leans to.
                var value = LogLikelihood(place, points, window, tolerance) + (1e-9 * weight);
                if (best is null || value > best.Value.Value)
                {
                    best = (place, value);
                }
            }
        }

        return best is { } found ? Refined(found.Z, points, tolerance) : null;
    }

    private static IEnumerable<(double Place, double Weight)> Places(SearchPoint point)
    {
        var reading = point.Reading;
        if (reading.Kind == FocusReadingKind.Signed)
        {
            yield return (point.Z - reading.Defocus, 1);
        }
        else if (reading.Kind is FocusReadingKind.Open or FocusReadingKind.Far)
        {
            yield return (point.Z - reading.Defocus, reading.Lean);
            yield return (point.Z + reading.Defocus, 1 - reading.Lean);
        }
    }

    private static double Variance(SearchPoint point, double tolerance)
    {
        var reading = point.Reading;
        var relative = DeviationPerMicrometre * reading.Defocus;
        return Math.Pow(Math.Max(reading.Deviation, tolerance / 2), 2) + (relative * relative) + (point.Slack * point.Slack / 3);
    }

    private static double LogLikelihood(double place, IReadOnlyList<SearchPoint> points, FocusWindow window, double tolerance)
    {
        var sum = window.IsBeyond(place, tolerance) ? Unreachable : 0;
        foreach (var point in points)
        {
            sum += Math.Log(WrongDensity + Density(place, point, tolerance));
        }

        for (var i = 1; i < points.Count; i++)
        {
            sum += Contradicts(place, points[i - 1], points[i], tolerance) ? ContradictsScore : 0;
        }

        return sum;
    }

    private static double Density(double place, SearchPoint point, double tolerance)
    {
        var (sum, variance) = (0.0, Variance(point, tolerance));
        foreach (var (centre, weight) in Places(point))
        {
            sum += weight * Math.Exp(-0.5 * (place - centre) * (place - centre) / variance) / Math.Sqrt(2 * Math.PI * variance);
        }

        return sum;
    }

    private static bool Contradicts(double place, SearchPoint a, SearchPoint b, double tolerance)
    {
        // A tenth more of any metric is more than noise makes.
        const double clearly = 1.1;
        if (a.IsEmpty || b.IsEmpty || a.Score <= 0 || b.Score <= 0)
        {
            return false;
        }

        var (sharper, other) = a.Score > b.Score ? (a, b) : (b, a);
        return sharper.Score > clearly * other.Score
            && Math.Abs(sharper.Z - place) > Math.Abs(other.Z - place) + tolerance + sharper.Slack + other.Slack;
    }

    // The weighted mean of what lies around the place.
    private static FocusBelief Refined(double place, IReadOnlyList<SearchPoint> points, double tolerance)
    {
        const double deviations = 3;
        var (sum, weights) = (0.0, 0.0);
        foreach (var point in points)
        {
            var variance = Variance(point, tolerance);
            foreach (var (centre, _) in Places(point))
            {
                // Both places of a frame in focus, where it matters little which is meant, count half each.
                if (Math.Abs(centre - place) <= deviations * Math.Sqrt(variance))
                {
                    sum += centre / variance;
                    weights += 1 / variance;
                }
            }
        }

        return weights > 0 ? new FocusBelief(sum / weights, Math.Sqrt(1 / weights)) : new FocusBelief(place, tolerance);
    }
}
