namespace BitMiracle.LibTiff.Classic;

/// <summary>Field bits that an application may give to its own tags.</summary>
public static class FieldBit
{
    /// <summary>The tag is read and ignored.</summary>
    public const short Ignore = 0;

    /// <summary>The tag steers a codec and is not written.</summary>
    public const short Pseudo = 0;

    /// <summary>The tag is the application's own.</summary>
    public const short Custom = 65;

    /// <summary>First bit of tags private to a codec.</summary>
    public const short Codec = 66;

    /// <summary>Last usable bit.</summary>
    public const short Last = 127;
}
