namespace BitMiracle.LibTiff.Classic;

/// <summary>How the samples of a pixel are stored.</summary>
public enum PlanarConfig
{
    /// <summary>Not known.</summary>
    UNKNOWN = 0,

    /// <summary>Samples of a pixel side by side.</summary>
    CONTIG = 1,

    /// <summary>A plane for each sample.</summary>
    SEPARATE = 2,
}
