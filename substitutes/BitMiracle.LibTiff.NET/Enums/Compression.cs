namespace BitMiracle.LibTiff.Classic;

/// <summary>How pixels are compressed. Other schemes that libtiff knows, such as Zstandard (50000), pass as their number.</summary>
public enum Compression
{
    /// <summary>Not compressed.</summary>
    NONE = 1,

    /// <summary>CCITT modified Huffman.</summary>
    CCITTRLE = 2,

    /// <summary>CCITT group 3.</summary>
    CCITTFAX3 = 3,

    /// <summary>CCITT group 3.</summary>
    CCITT_T4 = CCITTFAX3,

    /// <summary>CCITT group 4.</summary>
    CCITTFAX4 = 4,

    /// <summary>CCITT group 4.</summary>
    CCITT_T6 = CCITTFAX4,

    /// <summary>Lempel-Ziv-Welch.</summary>
    LZW = 5,

    /// <summary>JPEG as TIFF 6.0 had it.</summary>
    OJPEG = 6,

    /// <summary>JPEG.</summary>
    JPEG = 7,

    /// <summary>Deflate.</summary>
    ADOBE_DEFLATE = 8,

    /// <summary>NeXT 2-bit run lengths.</summary>
    NEXT = 32766,

    /// <summary>CCITT run lengths, word-aligned.</summary>
    CCITTRLEW = 32771,

    /// <summary>Macintosh run lengths.</summary>
    PACKBITS = 32773,

    /// <summary>ThunderScan run lengths.</summary>
    THUNDERSCAN = 32809,

    /// <summary>IT8 continuous tone with padding.</summary>
    IT8CTPAD = 32895,

    /// <summary>IT8 linework.</summary>
    IT8LW = 32896,

    /// <summary>IT8 monochrome picture.</summary>
    IT8MP = 32897,

    /// <summary>IT8 binary line art.</summary>
    IT8BL = 32898,

    /// <summary>Pixar 10-bit LZW.</summary>
    PIXARFILM = 32908,

    /// <summary>Pixar 11-bit deflate.</summary>
    PIXARLOG = 32909,

    /// <summary>Deflate, under its old number.</summary>
    DEFLATE = 32946,

    /// <summary>Kodak DCS.</summary>
    DCS = 32947,

    /// <summary>JBIG.</summary>
    JBIG = 34661,

    /// <summary>SGI log luminance run lengths.</summary>
    SGILOG = 34676,

    /// <summary>SGI log 24-bit.</summary>
    SGILOG24 = 34677,

    /// <summary>JPEG 2000.</summary>
    JP2000 = 34712,
}
