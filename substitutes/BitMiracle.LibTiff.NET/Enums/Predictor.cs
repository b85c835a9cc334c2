namespace BitMiracle.LibTiff.Classic;

/// <summary>What is done to samples before compression.</summary>
public enum Predictor
{
    /// <summary>Nothing.</summary>
    NONE = 1,

    /// <summary>Difference to the left neighbour.</summary>
    HORIZONTAL = 2,

    /// <summary>Byte-wise difference of floating-point samples.</summary>
    FLOATINGPOINT = 3,
}
