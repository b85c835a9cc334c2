namespace InferenceBridge.Imaging;

/// <summary>How a TIFF is written.</summary>
public sealed record TiffWriteOptions
{
    /// <summary>Description of axes and calibration that the file carries.</summary>
    public TiffFlavour Flavour { get; init; } = TiffFlavour.ImageJ;

    /// <summary>
    /// Bytes of pixels above which the file becomes a BigTIFF; the default leaves room for the directories below 4 GiB.
    /// </summary>
    public long BigTiffThresholdBytes { get; init; } = (4L << 30) - (64L << 20);

    /// <summary>The options that a file name asks for.</summary>
    public static TiffWriteOptions ForPath(string path) => new()
    {
        Flavour = path.EndsWith(".ome.tif", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ome.tiff", StringComparison.OrdinalIgnoreCase)
            ? TiffFlavour.Ome
            : TiffFlavour.ImageJ,
    };
}
