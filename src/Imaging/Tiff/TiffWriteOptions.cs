namespace InferenceBridge.Imaging;

/// <summary>How a TIFF is written.</summary>
public sealed record TiffWriteOptions
{
    /// <summary>
    /// Convention for axes, calibration and metadata. Null, the default, makes an OME-TIFF where the name ends in ".ome.tif"
    /// or ".ome.tiff" or <see cref="Metadata"/> comes from an OME-TIFF, and an ImageJ hyperstack otherwise.
    /// </summary>
    public TiffFlavour? Flavour { get; init; }

    /// <summary>How the pixels are compressed; not at all by default.</summary>
    public TiffCompression Compression { get; init; }

    /// <summary>
    /// Bytes above which the file becomes a BigTIFF, pixels and directories counted as if they were not compressed; the
    /// default leaves room for metadata below 4 GiB. ImageJ reads a BigTIFF with the help of Bio-Formats, as Fiji has it.
    /// </summary>
    public long BigTiffThresholdBytes { get; init; } = (4L << 30) - (64L << 20);

    /// <summary>What the file tells beside axes, pixels and calibration.</summary>
    public ImageMetadata Metadata { get; init; } = ImageMetadata.None;

    /// <summary>The convention that a file of some name gets.</summary>
    /// <param name="path">Name of the file.</param>
    public TiffFlavour FlavourOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Flavour ?? (Metadata.OmeXml.Length > 0 || IsOmeName(path) ? TiffFlavour.Ome : TiffFlavour.ImageJ);
    }

    private static bool IsOmeName(string path) =>
        path.EndsWith(".ome.tif", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ome.tiff", StringComparison.OrdinalIgnoreCase);
}
