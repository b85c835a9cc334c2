namespace BitMiracle.LibTiff.Classic;

/// <summary>What a directory holds.</summary>
[Flags]
public enum FileType
{
    /// <summary>A reduced version of another image.</summary>
    REDUCEDIMAGE = 0x1,

    /// <summary>A page of several.</summary>
    PAGE = 0x2,

    /// <summary>A transparency mask.</summary>
    MASK = 0x4,
}
