namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Directories that run in circles, lead nowhere, or follow each other by the thousand.</summary>
public class DirectoryTests
{
    [Fact]
    public void OpenRead_DirectoryThatLeadsToItself_IsRefused()
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[4]);
        file.Link(file.Directory(HostileTiff.Grey(2, 2, pixels, 4)));
        HostileFile.AssertRefused(file, "looping");
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void OpenRead_DirectoriesInACircle_AreRefused(bool big, int back)
    {
        var file = new HostileTiff(big);
        var pixels = file.Data(new byte[4]);
        var directories = Enumerable.Range(0, 4).Select(_ => file.Directory(HostileTiff.Grey(2, 2, pixels, 4))).ToArray();
        file.Link(directories[back]);
        HostileFile.AssertRefused(file, "looping");
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(uint.MaxValue)]
    public void OpenRead_DirectoryBehindTheEnd_IsRefused(long offset)
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[4]);
        file.Directory(HostileTiff.Grey(2, 2, pixels, 4));
        HostileFile.AssertRefused(file.Link(offset), "damaged");
    }

    [Fact]
    public void OpenRead_ThousandsOfDirectories_GivesAPlaneForEach()
    {
        var file = new HostileTiff();
        var pixels = file.Data(new byte[4]);
        for (var page = 0; page < 5000; page++)
        {
            file.Directory(HostileTiff.Grey(2, 2, pixels, 4));
        }

        Assert.Equal(5000, HostileFile.AssertRead(file).Depth);
    }

    [Fact]
    public void OpenRead_DirectoryOfNoEntries_IsRefused()
    {
        var file = new HostileTiff();
        file.Directory();
        HostileFile.AssertRefused(file, "TIFF");
    }

    [Fact]
    public void OpenRead_DirectoryThatClaimsMoreEntriesThanTheFileHolds_IsRefused()
    {
        var file = new HostileTiff();
        file.Link(file.Data([0xFF, 0xFF, 0, 1, 4, 0, 1, 0, 0, 0, 2, 0, 0, 0]));
        HostileFile.AssertRefused(file, "TIFF");
    }
}
