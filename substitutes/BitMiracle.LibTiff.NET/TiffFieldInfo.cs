namespace BitMiracle.LibTiff.Classic;

/// <summary>Describes a tag: its type, how many values it has, and its name.</summary>
/// <param name="tag">The tag.</param>
/// <param name="readCount">Number of values when read, or <see cref="Variable"/>, <see cref="Spp"/>, <see cref="Variable2"/>.</param>
/// <param name="writeCount">Number of values when written, or one of the same markers.</param>
/// <param name="type">Type of the values.</param>
/// <param name="bit">A <see cref="FieldBit"/>; <see cref="FieldBit.Custom"/> for an application's own tags.</param>
/// <param name="okToChange">True if the tag may change after writing has begun.</param>
/// <param name="passCount">True if the number of values comes before the values in SetField and GetField.</param>
/// <param name="name">The tag's name.</param>
public class TiffFieldInfo(TiffTag tag, short readCount, short writeCount, TiffType type, short bit, bool okToChange,
    bool passCount, string name)
{
    /// <summary>Marks a variable number of values, counted in 16 bits.</summary>
    public const short Variable = -1;

    /// <summary>Marks one value per sample.</summary>
    public const short Spp = -2;

    /// <summary>Marks a variable number of values, counted in 32 bits.</summary>
    public const short Variable2 = -3;

    /// <summary>The tag.</summary>
    public TiffTag Tag { get; } = tag;

    /// <summary>Number of values when read.</summary>
    public short ReadCount { get; } = readCount;

    /// <summary>Number of values when written.</summary>
    public short WriteCount { get; } = writeCount;

    /// <summary>Type of the values.</summary>
    public TiffType Type { get; } = type;

    /// <summary>A <see cref="FieldBit"/>.</summary>
    public short Bit { get; } = bit;

    /// <summary>True if the tag may change after writing has begun.</summary>
    public bool OkToChange { get; } = okToChange;

    /// <summary>True if the number of values comes before the values.</summary>
    public bool PassCount { get; } = passCount;

    /// <summary>The tag's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string ToString() => Bit != FieldBit.Custom || Name.Length == 0 ? Tag.ToString() : Name;
}
