namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Smaller copies are left out, wherever they are; pages of other kinds too, and the reader says so.</summary>
public sealed class TiffPyramidTests : TiffTestFolder
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void OpenRead_SmallerCopiesInTheChain_ReadsTheFullResolution(bool isBigEndian, bool isBigTiff)
    {
        Write(isBigEndian, isBigTiff, Full(1), Small(2), Full(3), Small(4));
        AssertSlices([1, 3], "the full resolution was read; smaller copies were left out");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void OpenRead_SmallerCopiesBesideTheChain_ReadsTheFullResolution(bool isBigEndian, bool isBigTiff)
    {
        Write(isBigEndian, isBigTiff, Full(1, Small(2)), Full(3, Small(4)));
        AssertSlices([1, 3], "the full resolution was read; smaller copies were left out");
    }

    [Fact]
    public void OpenRead_FullResolutionBesideTheChain_IsFound()
    {
        // As raw photographs have it: a thumbnail in the chain, the picture beside it.
        Write(false, false, new TiffBuilder.Page(1, 1, new byte[1]) { Children = [Small(2), Full(7)] }.With(254, 1));
        AssertSlices([7], "the full resolution was read; smaller copies were left out");
    }

    [Fact]
    public void OpenRead_ThumbnailFirst_ReadsTheFullResolution()
    {
        Write(false, false, Small(9), Full(1), Full(2));
        AssertSlices([1, 2], "the full resolution was read; smaller copies were left out");
    }

    [Fact]
    public void OpenRead_PagesOfOtherSizes_AreLeftOutAndTold()
    {
        Write(false, false, Full(1), new TiffBuilder.Page(5, 1, new byte[5]), Full(2));
        AssertSlices([1, 2], "1 of 3 pages were left out, since they are not like the first (2×2 pixels, 1 sample of 8 bits (UINT, MINISBLACK)), "
            + "such as one of 5×1 pixels, 1 sample of 8 bits (UINT, MINISBLACK)");
    }

    [Fact]
    public void OpenRead_OmePyramid_CountsPagesOfTheChain()
    {
        const string Xml = "<OME><Image><Pixels DimensionOrder=\"XYZCT\" SizeX=\"2\" SizeY=\"2\" SizeZ=\"2\" SizeC=\"1\" SizeT=\"1\" Type=\"uint8\">"
            + "<TiffData IFD=\"0\"/><TiffData IFD=\"2\" FirstZ=\"1\"/></Pixels></Image></OME>";
        Write(false, false, new TiffBuilder.Page(2, 2, [1, 1, 1, 1]) { Description = Xml, Children = [Small(8)] }, Small(5), Full(2));
        AssertSlices([1, 2], "the full resolution was read; smaller copies were left out");
    }

    private static TiffBuilder.Page Full(byte value, params TiffBuilder.Page[] children) => new(2, 2, [value, value, value, value]) { Children = children };

    private static TiffBuilder.Page Small(byte value) => new TiffBuilder.Page(1, 1, [value]).With(254, 1);

    private void Write(bool isBigEndian, bool isBigTiff, params TiffBuilder.Page[] pages)
    {
        var builder = new TiffBuilder(isBigEndian, isBigTiff);
        foreach (var page in pages)
        {
            builder.Add(page);
        }

        builder.Write(At("a.tif"));
    }

    private void AssertSlices(int[] values, string note)
    {
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(values.Length, 2, 2), reader.Info.Shape);
        Assert.Equal(values.SelectMany(value => Enumerable.Repeat((byte)value, 4)), Values<byte>(reader));
        Assert.Contains(note, reader.Format.Notes);
    }
}
