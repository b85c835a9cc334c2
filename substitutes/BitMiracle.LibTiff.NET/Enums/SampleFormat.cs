namespace BitMiracle.LibTiff.Classic;

/// <summary>Type of a sample.</summary>
public enum SampleFormat
{
    /// <summary>Unsigned integer.</summary>
    UINT = 1,

    /// <summary>Signed integer.</summary>
    INT = 2,

    /// <summary>IEEE floating point.</summary>
    IEEEFP = 3,

    /// <summary>Untyped.</summary>
    VOID = 4,

    /// <summary>Complex integer.</summary>
    COMPLEXINT = 5,

    /// <summary>Complex IEEE floating point.</summary>
    COMPLEXIEEEFP = 6,
}
