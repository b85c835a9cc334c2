namespace InferenceBridge.Imaging;

/// <summary>
/// What a TIFF tells of an image beside its axes, pixels and calibration: how it is shown, what is drawn on it, and where
/// it comes from. Nothing of it changes pixels.
/// </summary>
public sealed record ImageMetadata
{
    /// <summary>Nothing is known.</summary>
    public static ImageMetadata None { get; } = new();

    /// <summary>ImageJ's Info, without the provenance entries; empty where there is none.</summary>
    public string Info { get; init; } = "";

    /// <summary>A label for each plane (Z fastest, then C, then T), some of them empty; no labels where the list is empty.</summary>
    public IReadOnlyList<string> SliceLabels { get; init; } = [];

    /// <summary>A lookup table for each channel; none where the list is empty.</summary>
    public IReadOnlyList<ChannelLut> Luts { get; init; } = [];

    /// <summary>A display range for each channel; none where the list is empty.</summary>
    public IReadOnlyList<DisplayRange> DisplayRanges { get; init; } = [];

    /// <summary>The selection, in ImageJ's ROI format; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Roi { get; init; }

    /// <summary>The overlay's elements, each in ImageJ's ROI format.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Overlay { get; init; } = [];

    /// <summary>ImageJ's image properties in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>
    /// Lines of ImageJ's description that tell neither axes nor voxel size: "mode", "fps", "xorigin", "cf", ...
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> DescriptionLines { get; init; } = [];

    /// <summary>The OME-XML that the file came with, without other images in it; empty where it is no OME-TIFF.</summary>
    public string OmeXml { get; init; } = "";

    /// <summary>The operations of InferenceBridge that the image went through, the first one first.</summary>
    public IReadOnlyList<ProvenanceEntry> Provenance { get; init; } = [];

    /// <summary>The metadata with one more operation.</summary>
    public ImageMetadata WithOperation(ProvenanceEntry entry) => this with { Provenance = [.. Provenance, entry] };

    /// <summary>Leaves out what no longer fits a result of other sizes or another pixel type.</summary>
    /// <param name="before">The image that this describes.</param>
    /// <param name="after">The result.</param>
    public FittedMetadata FitTo(VolumeInfo before, VolumeInfo after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return MetadataFit.Fit(this, before, after);
    }

    /// <summary>
    /// Keeps the display range of each channel whose intensities are still on the scale that they had, and gives the
    /// others the range of the result, since a range on another scale would show black or white.
    /// </summary>
    /// <param name="before">Statistics of each channel of the image.</param>
    /// <param name="after">Statistics of each channel of the result.</param>
    /// <exception cref="ArgumentException">There are other numbers of channels.</exception>
    public FittedMetadata FitRanges(IReadOnlyList<IntensityStatistics> before, IReadOnlyList<IntensityStatistics> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return DisplayRangeFit.Fit(this, before, after);
    }
}

/// <summary>Metadata that fits a result.</summary>
/// <param name="Metadata">What is left.</param>
/// <param name="Warnings">A sentence for each thing that was left out or replaced.</param>
public sealed record FittedMetadata(ImageMetadata Metadata, IReadOnlyList<string> Warnings);
