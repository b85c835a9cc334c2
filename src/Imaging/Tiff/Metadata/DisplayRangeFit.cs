using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>Whether display ranges still show something after an operation.</summary>
internal static class DisplayRangeFit
{
    // Deconvolution raises peaks severalfold and keeps the mean; background subtraction keeps the peaks and moves the mean.
    // A result that was normalised to 1, or has labels in it, keeps neither.
    private const double SpanFactor = 8;
    private const double MeanFactor = 2;

    public static FittedMetadata Fit(ImageMetadata metadata, IReadOnlyList<IntensityStatistics> before, IReadOnlyList<IntensityStatistics> after)
    {
        var ranges = metadata.DisplayRanges;
        if (ranges.Count == 0)
        {
            return new FittedMetadata(metadata, []);
        }

        if (ranges.Count != before.Count || ranges.Count != after.Count)
        {
            throw new ArgumentException($"Statistics of {before.Count} and {after.Count} channels; accepted: {ranges.Count}, one for each display range.");
        }

        var warnings = new List<string>();
        var fitted = ranges.ToArray();
        for (var c = 0; c < fitted.Length; c++)
        {
            if (!SameScale(before[c], after[c]))
            {
                fitted[c] = new DisplayRange(after[c].Minimum, after[c].Maximum);
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Channel {c + 1} is shown from {fitted[c].Minimum:G6} to {fitted[c].Maximum:G6}, not from {ranges[c].Minimum:G6} to {ranges[c].Maximum:G6}, since its intensities have another scale than the image's."));
            }
        }

        return new FittedMetadata(metadata with { DisplayRanges = fitted }, warnings);
    }

    private static bool SameScale(IntensityStatistics before, IntensityStatistics after)
    {
        // One grey looks the same on every scale, and makes no range.
        if (after.Minimum.Equals(after.Maximum))
        {
            return true;
        }

        var overlap = after.Maximum >= before.Minimum && after.Minimum <= before.Maximum;
        return overlap && (Within(before.Maximum - before.Minimum, after.Maximum - after.Minimum, SpanFactor)
            || Within(before.Mean, after.Mean, MeanFactor));
    }

    private static bool Within(double before, double after, double factor) =>
        before.Equals(after) || (before > 0 && after >= before / factor && after <= before * factor);
}
