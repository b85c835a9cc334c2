namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Samples of every depth, and the pixel types that hold them.</summary>
public sealed class TiffSampleTests : TiffTestFolder
{
    public static TheoryData<int, bool> Depths => new(
        from bits in Enumerable.Range(1, 64) from isSigned in new[] { false, true } where bits > 1 || !isSigned select (bits, isSigned));

    [Theory]
    [MemberData(nameof(Depths))]
    public void OpenRead_IntegersOfEveryDepth_AreWidened(int bits, bool isSigned)
    {
        // Smallest, largest and some other values that the samples, and 32 bits, hold.
        var top = Math.Min(bits, 32);
        long[] values = isSigned
            ? [-(1L << (top - 1)), (1L << (top - 1)) - 1, -1, 0, 1]
            : [(1L << top) - 1, 0, 1, (1L << top) - 1, (1L << top) / 3];
        Write("a.tif", bits, isSigned, values, isBigEndian: bits % 3 == 0);
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        var expected = isSigned ? bits <= 16 ? PixelType.Int16 : PixelType.Int32
            : bits <= 8 ? PixelType.UInt8 : bits <= 16 ? PixelType.UInt16 : PixelType.UInt32;
        Assert.Equal(expected, reader.Info.PixelType);
        Assert.Equal(values, expected switch
        {
            PixelType.UInt8 => Values<byte>(reader).Select(value => (long)value),
            PixelType.UInt16 => Values<ushort>(reader).Select(value => (long)value),
            PixelType.Int16 => Values<short>(reader).Select(value => (long)value),
            PixelType.Int32 => Values<int>(reader).Select(value => (long)value),
            _ => Values<uint>(reader).Select(value => (long)value),
        });
        var isWidened = bits is not (8 or 16 or 32) || (isSigned && bits == 8);
        Assert.Equal(isWidened, reader.Format.Notes.Any(note => note.StartsWith($"{bits}-bit", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(64, false, 4294967296, "the value 4294967296 in column 2; accepted in samples of more than 32 bits: 0 to 4294967295")]
    [InlineData(64, true, -2147483649, "the value -2147483649 in column 2; accepted in samples of more than 32 bits: -2147483648 to 2147483647")]
    [InlineData(40, false, 4294967296, "the value 4294967296 in column 2")]
    [InlineData(40, true, 2147483648, "the value 2147483648 in column 2")]
    public void ReadRows_ValueThatNoTypeHolds_NamesItAndThePlane(int bits, bool isSigned, long value, string expected)
    {
        Write("a.tif", bits, isSigned, [1, 2, value, 3, 4], isBigEndian: true);
        var message = Refusal(At("a.tif")).Message;
        Assert.Contains("plane 0 (t=0, c=0, z=0) has " + expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenRead_HalfPrecision_BecomesSingle(bool isBigEndian)
    {
        // IEEE 754 binary16: 1, −2, the largest 65504, the smallest subnormal 2^−24, infinity.
        var builder = new TiffBuilder(isBigEndian);
        builder.Add(new TiffBuilder.Page(5, 1, builder.Samples(2, 0x3C00, 0xC000, 0x7BFF, 0x0001, 0x7C00)).With(258, 16).With(339, 3));
        builder.Write(At("a.tif"));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal([1f, -2f, 65504f, 1f / 16777216, float.PositiveInfinity], Values<float>(reader));
    }

    [Theory]
    [InlineData(24, 3)]
    [InlineData(128, 3)]
    [InlineData(64, 5)]
    public void OpenRead_SamplesThatNoTypeHolds_AreRefused(int bits, int format)
    {
        var builder = new TiffBuilder();
        builder.Add(new TiffBuilder.Page(1, 1, new byte[16]).With(258, bits).With(339, format));
        builder.Write(At("a.tif"));
        Assert.Contains("accepted: integers of 1 to 64 bits, floating point of 16, 32 or 64", Refusal(At("a.tif")).Message, StringComparison.Ordinal);
    }

    private void Write(string name, int bits, bool isSigned, long[] values, bool isBigEndian)
    {
        var builder = new TiffBuilder(isBigEndian);
        var data = bits is 8 or 16 or 32 or 64
            ? builder.Samples(bits / 8, [.. values.Select(value => (ulong)value)])
            : Pack(values, bits);
        builder.Add(new TiffBuilder.Page(values.Length, 1, data).With(258, bits).With(339, isSigned ? 2 : 1));
        builder.Write(At(name));
    }

    // As TIFF 6.0 has it: sample after sample from the high bit down, whatever the byte order.
    private static byte[] Pack(long[] values, int bits)
    {
        var digits = string.Concat(values.Select(value => Convert.ToString(value, 2).PadLeft(64, '0')[(64 - bits)..]));
        digits = digits.PadRight((digits.Length + 7) / 8 * 8, '0');
        return [.. digits.Chunk(8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }
}
