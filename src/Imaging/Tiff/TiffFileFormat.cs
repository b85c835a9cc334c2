namespace InferenceBridge.Imaging;

/// <summary>How a TIFF is stored, for people who look at a file.</summary>
/// <param name="Flavour">Convention for axes and calibration.</param>
/// <param name="IsBigTiff">64-bit offsets.</param>
/// <param name="IsBigEndian">Byte order of the file; pixels are always delivered little-endian.</param>
/// <param name="Compression">Name of the compression: "none", "lzw", "deflate", ...</param>
/// <param name="IsTiled">Tiles rather than strips.</param>
public sealed record TiffFileFormat(TiffFlavour Flavour, bool IsBigTiff, bool IsBigEndian, string Compression, bool IsTiled)
{
    /// <summary>What was done to pixels or axes that a volume cannot hold as they are; empty mostly.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
