namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Sizes that overflow, or that no file of this length can hold.</summary>
public class SizeTests
{
    [Theory]
    [InlineData(0, 5, "zero scanline size")]
    [InlineData(5, 0, "Bad value 0 for \"RowsPerStrip\"")]
    [InlineData(0x80000000, 0x80000000, "zero number of strips")]
    [InlineData(uint.MaxValue, uint.MaxValue, "zero strip size")]
    [InlineData(2, uint.MaxValue, "a page of 2×4294967295 pixels")]
    public void OpenRead_SizesWithoutAnImage_AreRefused(long width, long height, string reason) =>
        HostileFile.AssertRefused(Image(width, height), reason);

    [Theory]
    [InlineData(0x7FFFFFC7, 0x7FFFFFFF)]
    [InlineData(0x7FFFFFC7, 1)]
    [InlineData(1, 0x7FFFFFFF)]
    [InlineData(0x10000, 0x10000)]
    [InlineData(0x8000, 0x8000)]
    public void OpenRead_PageLargerThanTheFile_IsRefused(long width, long height) =>
        HostileFile.AssertRefused(Image(width, height), $"{width}×{height} pixels takes {width * height} bytes, more than a file of");

    [Fact]
    public void OpenRead_RowLongerThanAnArray_IsRefused() =>
        HostileFile.AssertRefused(Image(0x7FFFFFFF, 1, new Entry(258, HostileTiff.Short, 1, 64), new Entry(339, HostileTiff.Short, 1, 3)), "a row of 2147483647 pixels");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OpenRead_ManySamplesWithoutPixels_AreRefused(long planar) =>
        HostileFile.AssertRefused(Image(64, 64, new Entry(277, HostileTiff.Short, 1, 65535), new Entry(284, HostileTiff.Short, 1, planar)), "");

    [Theory]
    [InlineData(0x7FFFFFF0, 0x7FFFFFF0)]
    [InlineData(0xFFFFFFF0, 16)]
    [InlineData(0x10000, 0x10000)]
    [InlineData(0, 0)]
    public void OpenRead_TileLargerThanTheFile_IsRefused(long width, long height)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[64]);
        file.Directory(
        [
            .. HostileTiff.Grey(8, 8, pixels, 64).Where(entry => entry.Tag is not (273 or 278 or 279)),
            new(322, HostileTiff.Long, 1, width), new(323, HostileTiff.Long, 1, height), new(324, HostileTiff.Long, 1, pixels),
            new(325, HostileTiff.Long, 1, 64),
        ]);
        HostileFile.AssertRefused(file, "");
    }

    [Theory]
    [InlineData(258, 0)]
    [InlineData(258, 65535)]
    [InlineData(277, 0)]
    [InlineData(278, 0)]
    [InlineData(284, 7)]
    [InlineData(339, 99)]
    [InlineData(259, 34661)]
    [InlineData(259, 65535)]
    public void OpenRead_TagWithAValueThatNoReaderKnows_IsRefusedOrIgnored(int tag, long value)
    {
        using var hostile = new HostileFile(Image(4, 4, new Entry(tag, HostileTiff.Short, 1, value)).ToArray());
        var refusal = Campaigns.FileReading.Read(hostile.Path);
        Assert.True(refusal is null || refusal.Error == InferenceError.FileFormatInvalid, refusal?.Message);
    }

    private static HostileTiff Image(long width, long height, params Entry[] changes)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[16]);
        file.Directory(HostileTiff.Grey(width, height, pixels, 16, changes));
        return file;
    }
}
