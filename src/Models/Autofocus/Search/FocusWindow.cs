namespace InferenceBridge.Models;

/// <summary>Where a search may go, in µm.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct FocusWindow(double Low, double High)
{
    /// <summary>What the limits of travel leave of the range around a place.</summary>
    public static FocusWindow Around(double z, FocusSearchOptions options) =>
        new(Math.Max(options.Minimum, z - options.Range), Math.Min(options.Maximum, z + options.Range));

    public double Clamp(double z) => Math.Clamp(z, Low, High);

    /// <summary>Whether a place lies outside by more than a margin.</summary>
    public bool IsBeyond(double z, double margin) => z < Low - margin || z > High + margin;
}
