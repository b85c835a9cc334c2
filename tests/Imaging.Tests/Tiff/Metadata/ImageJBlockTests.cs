using System.Buffers.Binary;
using System.Text;

namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class ImageJBlockTests
{
    private static readonly uint Info = 0x696e666f;
    private static readonly uint Ranges = 0x72616e67;

    [Fact]
    public void Split_BigEndianBlock_GivesTextAndRanges()
    {
        // As ImageJ writes it on a big-endian file: header of 20 bytes, one Info, one set of ranges.
        var info = Encoding.BigEndianUnicode.GetBytes("µm");
        var bytes = new List<byte>();
        void Add(uint value)
        {
            var four = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(four, value);
            bytes.AddRange(four);
        }

        foreach (var value in new[] { 0x494a494au, Info, 1u, Ranges, 1u })
        {
            Add(value);
        }

        bytes.AddRange(info);
        var ranges = new byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(ranges, 1.5);
        BinaryPrimitives.WriteDoubleBigEndian(ranges.AsSpan(8), 300);
        bytes.AddRange(ranges);

        var metadata = ImageJValues.Parse(ImageJBlock.Split([20, 4, 16], [.. bytes], bigEndian: true)!, bigEndian: true);

        Assert.Equal("µm", metadata.Info);
        Assert.Equal([new DisplayRange(1.5, 300)], metadata.DisplayRanges);
    }

    [Theory]
    [InlineData(new ulong[] { })]
    [InlineData(new ulong[] { 8, 4 })] // a header without kinds
    [InlineData(new ulong[] { 12 })] // the value's length is missing
    [InlineData(new ulong[] { 12, 5 })] // longer than the block
    [InlineData(new ulong[] { 12, ulong.MaxValue })]
    [InlineData(new ulong[] { 4000, 4 })]
    public void Split_DamagedCounts_GivesNothing(ulong[] counts)
    {
        byte[] block = [.. "JIJI"u8, .. "ofni"u8, 1, 0, 0, 0, 1, 2, 3, 4];
        Assert.Null(ImageJBlock.Split(counts, block, bigEndian: false));
        Assert.NotNull(ImageJBlock.Split([12, 4], block, bigEndian: false));
    }

    [Fact]
    public void Split_AbsurdNumberOfValues_GivesNothing()
    {
        byte[] block = [.. "JIJI"u8, .. "ofni"u8, 255, 255, 255, 255, 1, 2, 3, 4];
        Assert.Null(ImageJBlock.Split([12, 4], block, bigEndian: false));
    }
}
