namespace InferenceBridge.Imaging;

/// <summary>ImageJ has no names of channels; it shows the labels of slices, and these carry the names.</summary>
internal static class ChannelLabels
{
    /// <summary>A label for each plane from the names of the channels; none where there are no names.</summary>
    public static IReadOnlyList<string> FromNames(IReadOnlyList<string> names, VolumeShape shape) =>
        names.Count != shape.Channels || names.All(name => name.Length == 0)
            ? []
            : [.. Enumerable.Range(0, checked((int)shape.PlaneCount)).Select(plane => names[shape.PlaneAt(plane).C])];

    /// <summary>Names of channels where all planes of each one have the same label of a single line; else none.</summary>
    public static IReadOnlyList<string> ToNames(IReadOnlyList<string> labels, VolumeShape shape)
    {
        // The label of a single channel is more likely a file's or a slice's name.
        if (labels.Count != shape.PlaneCount || shape.Channels < 2)
        {
            return [];
        }

        var names = Enumerable.Range(0, shape.Channels).Select(c => labels[checked((int)shape.PlaneNumber(0, c, 0))]).ToList();
        var fit = Enumerable.Range(0, labels.Count).All(plane => labels[plane] == names[shape.PlaneAt(plane).C]);
        return fit && names.All(name => name.Length > 0 && !name.Contains('\n', StringComparison.Ordinal)) ? names : [];
    }
}
