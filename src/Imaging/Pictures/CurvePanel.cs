namespace InferenceBridge.Imaging;

/// <summary>One curve of a picture.</summary>
/// <param name="Caption">What it shows, in a few words.</param>
/// <param name="Points">Positions and values in any order; values that are not finite are left out.</param>
/// <param name="IsLogarithmic">Whether values stand at their logarithms; values that have none are left out.</param>
public sealed record CurvePanel(string Caption, IReadOnlyList<(double X, double Y)> Points, bool IsLogarithmic);
