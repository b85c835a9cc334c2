using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>How autofocus is done without a network. Each leaves the stage where it takes the focus to be.</summary>
internal static class FocusRivals
{
    /// <summary>Golden-section search for the maximum of a metric, as in textbooks (Kiefer 1953).</summary>
    /// <param name="scorer">The microscope.</param>
    /// <param name="low">Lower end, in µm.</param>
    /// <param name="high">Upper end, in µm.</param>
    /// <param name="tolerance">It ends where what is left is twice as long, in µm.</param>
    /// <param name="mostFrames">Or after so many frames.</param>
    public static async Task GoldenSectionAsync(FocusScorer scorer, double low, double high, double tolerance, int mostFrames)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (a, b) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (atA, atB) = (await scorer.AtAsync(a), await scorer.AtAsync(b));
        while (high - low > 2 * tolerance && scorer.Curve.Count < mostFrames)
        {
            if (atA > atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - (ratio * (high - low));
                atA = await scorer.AtAsync(a);
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + (ratio * (high - low));
                atB = await scorer.AtAsync(b);
            }
        }

        scorer.Move(scorer.Curve.MaxBy(point => point.Score).Z);
    }

    /// <summary>Evenly spaced frames, and the maximum of a curve fitted to them.</summary>
    public static async Task StackAsync(FocusScorer scorer, double low, double high, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            await scorer.AtAsync(low + (i * (high - low) / (frames - 1)));
        }

        var peak = FocusCurve.Find([.. scorer.Curve.Select(point => new FocusPoint(point.Z, point.Score))]);
        scorer.Move(Math.Clamp(peak.Z, low, high));
    }
}
