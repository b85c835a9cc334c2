namespace BitMiracle.LibTiff.Classic;

/// <summary>Where row 0 and column 0 are.</summary>
public enum Orientation
{
    /// <summary>Top, left.</summary>
    TOPLEFT = 1,

    /// <summary>Top, right.</summary>
    TOPRIGHT = 2,

    /// <summary>Bottom, right.</summary>
    BOTRIGHT = 3,

    /// <summary>Bottom, left.</summary>
    BOTLEFT = 4,

    /// <summary>Row 0 left, column 0 top.</summary>
    LEFTTOP = 5,

    /// <summary>Row 0 right, column 0 top.</summary>
    RIGHTTOP = 6,

    /// <summary>Row 0 right, column 0 bottom.</summary>
    RIGHTBOT = 7,

    /// <summary>Row 0 left, column 0 bottom.</summary>
    LEFTBOT = 8,
}
