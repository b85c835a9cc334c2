namespace BitMiracle.LibTiff.Classic;

/// <summary>What sample values mean.</summary>
public enum Photometric
{
    /// <summary>Grey, 0 is white.</summary>
    MINISWHITE = 0,

    /// <summary>Grey, 0 is black.</summary>
    MINISBLACK = 1,

    /// <summary>Red, green, blue.</summary>
    RGB = 2,

    /// <summary>Index into a colour map.</summary>
    PALETTE = 3,

    /// <summary>Transparency mask.</summary>
    MASK = 4,

    /// <summary>Separated inks.</summary>
    SEPARATED = 5,

    /// <summary>Luminance and chrominance.</summary>
    YCBCR = 6,

    /// <summary>CIE L*a*b*.</summary>
    CIELAB = 8,

    /// <summary>ICC L*a*b*.</summary>
    ICCLAB = 9,

    /// <summary>ITU L*a*b*.</summary>
    ITULAB = 10,

    /// <summary>CIE log luminance.</summary>
    LOGL = 32844,

    /// <summary>CIE log luminance with u and v.</summary>
    LOGLUV = 32845,
}
