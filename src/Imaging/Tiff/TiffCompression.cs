namespace InferenceBridge.Imaging;

/// <summary>How the pixels of a TIFF are compressed; always without loss.</summary>
public enum TiffCompression
{
    /// <summary>Not at all: what every program reads, and ImageJ fastest.</summary>
    None,

    /// <summary>Deflate (ZIP), which ImageJ, Bio-Formats, tifffile and libtiff read.</summary>
    Deflate,

    /// <summary>
    /// Zstandard, smaller and several times faster than deflate. libtiff from 4.0.10 and tifffile with imagecodecs read it;
    /// plain ImageJ does not.
    /// </summary>
    Zstd,
}
