using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

public class DirectoryTests
{
    [Fact]
    public void WriteDirectory_SeveralPages_AreReadInAnyOrder()
    {
        using TempFile file = WritePages(5);
        using Tiff tif = Image.Open(file.Name, "r");
        var offsets = new List<long>();
        do
            offsets.Add(tif.CurrentDirOffset());
        while (tif.ReadDirectory());

        Assert.Equal(5, tif.NumberOfDirectories());
        Assert.Equal(5, offsets.Distinct().Count());
        foreach (short page in new short[] { 3, 0, 4, 1, 2 })
        {
            Assert.True(tif.SetDirectory(page));
            Assert.Equal(page, tif.CurrentDirectory());
            Assert.Equal(page == 4, tif.LastDirectory());
            Assert.Equal([(byte)page, 0, 0, 0], Image.ReadStrips(tif, 4));
            Assert.Equal(page, tif.GetField(TiffTag.PAGENUMBER)![0].ToShort());
            Assert.Equal(5, tif.GetField(TiffTag.PAGENUMBER)![1].ToShort());
        }
        Assert.True(tif.SetSubDirectory(offsets[2]));
        Assert.Equal([2, 0, 0, 0], Image.ReadStrips(tif, 4));
        Assert.False(tif.SetDirectory(5));
    }

    [Fact]
    public void Open_Append_AddsAPage()
    {
        using TempFile file = WritePages(2);
        using (Tiff tif = Image.Open(file.Name, "a"))
            WritePage(tif, 9, 3);
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal(3, read.NumberOfDirectories());
        Assert.True(read.SetDirectory(2));
        Assert.Equal([9, 0, 0, 0], Image.ReadStrips(read, 4));
    }

    [Fact]
    public void RewriteDirectory_LongerDescription_KeepsPixels()
    {
        using TempFile file = WritePages(1);
        string text = new('x', 500);
        using (Tiff tif = Image.Open(file.Name, "r+"))
        {
            Assert.True(tif.SetField(TiffTag.IMAGEDESCRIPTION, text));
            Assert.True(tif.RewriteDirectory());
        }
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal(text, read.GetField(TiffTag.IMAGEDESCRIPTION)![0].ToString());
        Assert.Equal([0, 0, 0, 0], Image.ReadStrips(read, 4));
    }

    [Fact]
    public void CheckpointDirectory_MidWay_LeavesAReadableFile()
    {
        using var file = new TempFile();
        using Tiff tif = Image.Open(file.Name, "w");
        Image.Describe(tif, 2, 2, 8);
        Assert.True(tif.SetField(TiffTag.ROWSPERSTRIP, 1));
        Assert.True(tif.WriteEncodedStrip(0, [5, 6], 2));
        Assert.True(tif.CheckpointDirectory());

        using (Tiff read = Image.Open(file.Name, "r"))
            Assert.Equal(2, read.ReadEncodedStrip(0, new byte[2], 0, 2));
        Assert.True(tif.WriteEncodedStrip(1, [7, 8], 2));
    }

    [Fact]
    public void SubIfd_ChildDirectory_IsReachedByItsOffset()
    {
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 4, 1, 8);
            Assert.True(tif.SetField(TiffTag.SUBIFD, 1, new long[1]));
            Assert.True(tif.WriteEncodedStrip(0, [1, 2, 3, 4], 4));
            Assert.True(tif.WriteDirectory());
            Assert.True(tif.SetField(TiffTag.SUBFILETYPE, FileType.REDUCEDIMAGE));
            Image.Describe(tif, 2, 1, 8);
            Assert.True(tif.WriteEncodedStrip(0, [2, 3], 2));
            Assert.True(tif.WriteDirectory());
        }
        using Tiff read = Image.Open(file.Name, "r");
        FieldValue[] field = read.GetField(TiffTag.SUBIFD)!;

        Assert.Equal(1, field[0].ToInt());
        Assert.Equal(1, read.NumberOfDirectories());
        Assert.True(read.SetSubDirectory(field[1].TolongArray()![0]));
        Assert.Equal([2, 3], Image.ReadStrips(read, 2));
        Assert.Equal(FileType.REDUCEDIMAGE, read.GetField(TiffTag.SUBFILETYPE)![0].Value);
    }

    [Fact]
    public void UnlinkDirectory_SecondOfThree_LeavesTheOthers()
    {
        using TempFile file = WritePages(3);
        using (Tiff tif = Image.Open(file.Name, "r+"))
            Assert.True(tif.UnlinkDirectory(2));
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal(2, read.NumberOfDirectories());
        Assert.True(read.SetDirectory(1));
        Assert.Equal([2, 0, 0, 0], Image.ReadStrips(read, 4));
    }

    private static TempFile WritePages(int pages)
    {
        var file = new TempFile();
        using Tiff tif = Image.Open(file.Name, "w");
        for (int page = 0; page < pages; page++)
            WritePage(tif, page, pages);
        return file;
    }

    private static void WritePage(Tiff tif, int page, int pages)
    {
        Image.Describe(tif, 2, 2, 8);
        Assert.True(tif.SetField(TiffTag.PAGENUMBER, page, pages));
        Assert.True(tif.WriteEncodedStrip(0, [(byte)page, 0, 0, 0], 4));
        Assert.True(tif.WriteDirectory());
    }
}
