namespace BitMiracle.LibTiff.Classic;

/// <summary>Type of a tag's values.</summary>
public enum TiffType : short
{
    /// <summary>None.</summary>
    NOTYPE = 0,

    /// <summary>Any, in searches.</summary>
    ANY = NOTYPE,

    /// <summary>8-bit unsigned integer.</summary>
    BYTE = 1,

    /// <summary>Text with a terminating zero.</summary>
    ASCII = 2,

    /// <summary>16-bit unsigned integer.</summary>
    SHORT = 3,

    /// <summary>32-bit unsigned integer.</summary>
    LONG = 4,

    /// <summary>Fraction of two unsigned 32-bit integers.</summary>
    RATIONAL = 5,

    /// <summary>8-bit signed integer.</summary>
    SBYTE = 6,

    /// <summary>Untyped bytes.</summary>
    UNDEFINED = 7,

    /// <summary>16-bit signed integer.</summary>
    SSHORT = 8,

    /// <summary>32-bit signed integer.</summary>
    SLONG = 9,

    /// <summary>Fraction of two signed 32-bit integers.</summary>
    SRATIONAL = 10,

    /// <summary>32-bit IEEE floating point.</summary>
    FLOAT = 11,

    /// <summary>64-bit IEEE floating point.</summary>
    DOUBLE = 12,

    /// <summary>32-bit offset of a directory.</summary>
    IFD = 13,

    /// <summary>64-bit unsigned integer.</summary>
    LONG8 = 16,

    /// <summary>64-bit signed integer.</summary>
    SLONG8 = 17,

    /// <summary>64-bit offset of a directory.</summary>
    IFD8 = 18,
}
