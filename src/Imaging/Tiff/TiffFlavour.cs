namespace InferenceBridge.Imaging;

/// <summary>Convention by which a TIFF tells its axes and calibration.</summary>
public enum TiffFlavour
{
    /// <summary>None: pages are slices.</summary>
    Plain,

    /// <summary>ImageJ's key=value lines in the first description.</summary>
    ImageJ,

    /// <summary>OME-XML in the first description.</summary>
    Ome,
}
