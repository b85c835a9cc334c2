namespace BitMiracle.LibTiff.Classic;

/// <summary>Meaning of an extra sample.</summary>
public enum ExtraSample
{
    /// <summary>Unspecified.</summary>
    UNSPECIFIED = 0,

    /// <summary>Associated (premultiplied) alpha.</summary>
    ASSOCALPHA = 1,

    /// <summary>Unassociated alpha.</summary>
    UNASSALPHA = 2,
}
