namespace InferenceBridge.Imaging;

/// <summary>What of an image's metadata holds for a result of other sizes.</summary>
internal static class MetadataFit
{
    // Intensities in other units: the pixel value p means c0 + c1·p, and so on.
    private static readonly HashSet<string> DensityLines = ["cf", "c0", "c1", "c2", "c3", "c4", "vunit"];
    private static readonly HashSet<string> OriginLines = ["xorigin", "yorigin", "zorigin"];

    public static FittedMetadata Fit(ImageMetadata metadata, VolumeInfo before, VolumeInfo after)
    {
        var (from, to) = (before.Shape, after.Shape);
        var warnings = new List<string>();
        void LeaveOut(bool isThere, string what, string why)
        {
            if (isThere)
            {
                warnings.Add($"{what} left out, since {why}.");
            }
        }

        if (from.Channels != to.Channels)
        {
            var why = $"the result has {Count(to.Channels, "channel")} and the image {from.Channels}";
            LeaveOut(metadata.Luts.Count > 0, "The lookup tables (LUTs) were", why);
            LeaveOut(metadata.DisplayRanges.Count > 0, "The display ranges were", why);
            LeaveOut(before.ChannelNames.Count > 0, "The channel names were", why);
            metadata = metadata with { Luts = [], DisplayRanges = [] };
        }

        var samePlanes = (from.Frames, from.Channels, from.Depth) == (to.Frames, to.Channels, to.Depth);
        var sameArea = (from.Width, from.Height) == (to.Width, to.Height);
        if (!samePlanes)
        {
            LeaveOut(metadata.SliceLabels.Count > 0, "The slice labels were", "the planes of the result are not those of the image");
            metadata = metadata with { SliceLabels = [] };
        }

        if (!samePlanes || !sameArea)
        {
            var why = sameArea ? "the planes of the result are not those of the image" : "the result has another size in pixels";
            LeaveOut(metadata.Overlay.Count > 0, "The overlay was", why);
            LeaveOut(!metadata.Roi.IsEmpty && !sameArea, "The selection was", why);
            metadata = metadata with { Overlay = [], Roi = sameArea ? metadata.Roi : default };
        }

        var dropped = new HashSet<string>();
        if (before.PixelType != after.PixelType)
        {
            LeaveOut(Has(metadata, DensityLines), "The calibration of intensities was", $"the result has {after.PixelType.Name()} pixels and the image {before.PixelType.Name()}");
            dropped.UnionWith(DensityLines);
        }

        if (from.Depth != to.Depth || !sameArea)
        {
            LeaveOut(Has(metadata, OriginLines), "The origin of coordinates was", "the result has other sizes");
            dropped.UnionWith(OriginLines);
        }

        return new FittedMetadata(
            metadata with { DescriptionLines = [.. metadata.DescriptionLines.Where(line => !dropped.Contains(line.Key))] }, warnings);
    }

    private static bool Has(ImageMetadata metadata, HashSet<string> keys) => metadata.DescriptionLines.Any(line => keys.Contains(line.Key));

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
