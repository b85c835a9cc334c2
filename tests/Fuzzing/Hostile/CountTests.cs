namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Tags that claim more values than any file has, and pixels that lie behind the end.</summary>
public class CountTests
{
    public static TheoryData<int, int, long> Claims()
    {
        var data = new TheoryData<int, int, long>();
        foreach (var (tag, type) in new[] { (258, 3), (270, 2), (273, 4), (279, 4), (282, 5), (305, 2), (320, 3), (330, 4), (338, 3), (339, 3), (50838, 4), (50839, 1), (65000, 12) })
        {
            foreach (var count in new[] { 0L, 0x10000, 0x7FFFFFFF, 0xFFFFFFF0, uint.MaxValue })
            {
                data.Add(tag, type, count);
            }
        }

        return data;
    }

    /// <summary>The reader may do without the tag, but may not take memory for it.</summary>
    [Theory]
    [MemberData(nameof(Claims))]
    public void OpenRead_AbsurdCount_TakesNoMemory(int tag, int type, long count)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[16]);
        file.Directory(HostileTiff.Grey(4, 4, pixels, 16, new Entry(tag, type, count, 8)));
        using var hostile = new HostileFile(file.ToArray());
        var meter = new Campaigns.MemoryMeter();
        var refusal = Campaigns.FileReading.Read(hostile.Path);
        Assert.InRange(meter.Taken(), long.MinValue, 64L << 20);
        Assert.True(refusal is null || refusal.Error == InferenceError.FileFormatInvalid, refusal?.Message);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0xFFFFFFF8)]
    public void ReadRows_StripBehindTheEnd_IsRefused(long offset)
    {
        var file = new HostileTiff();
        file.Data(new byte[100]);
        file.Directory(HostileTiff.Grey(4, 4, offset, 16));
        HostileFile.AssertRefused(file, "strip 0 is damaged or cut off");
    }

    [Fact]
    public void ReadRows_BigTiffStripAtTheEndOfTheNumbers_IsRefused()
    {
        var file = new HostileTiff(big: true);
        file.Data(new byte[100]);
        file.Directory(HostileTiff.Grey(4, 4, 0, 16, new Entry(273, HostileTiff.Long8, 1, -8)));
        HostileFile.AssertRefused(file, "strip 0 is damaged or cut off");
    }
}
