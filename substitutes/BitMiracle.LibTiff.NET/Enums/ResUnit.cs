namespace BitMiracle.LibTiff.Classic;

/// <summary>Unit of the resolution.</summary>
public enum ResUnit
{
    /// <summary>No unit.</summary>
    NONE = 1,

    /// <summary>Pixels per inch.</summary>
    INCH = 2,

    /// <summary>Pixels per centimetre.</summary>
    CENTIMETER = 3,
}
