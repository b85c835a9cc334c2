namespace InferenceBridge.Models;

/// <summary>The maximum of a focus curve, as <see cref="FocusCurve.Find"/> tells it.</summary>
/// <param name="Kind">Whether it lies inside, at an end, or nowhere.</param>
/// <param name="Z">
/// Where: fitted where it lies inside, else the position with the highest score; 0 where there are no points. In the points' unit.
/// </param>
/// <param name="StandardDeviation">Uncertainty of <paramref name="Z"/>, in its unit; null unless the maximum lies inside.</param>
/// <param name="Score">Score there: of the fit where it lies inside, else the highest score.</param>
/// <param name="BestIndex">Which of the given points has the highest score, the first of equal ones; −1 where there are no points.</param>
public sealed record FocusPeak(FocusPeakKind Kind, double Z, double? StandardDeviation, double Score, int BestIndex)
{
    /// <summary>
    /// Height of the highest other maximum above the lowest score, as a share of the peak's: near 1 where two planes are about as sharp; 0 for none.
    /// </summary>
    public double SideMaximum { get; init; }

    /// <summary>The fitted curve, from its lowest to its highest position, for plots; empty unless the maximum lies inside.</summary>
    public IReadOnlyList<FocusPoint> Fit { get; init; } = [];
}
