namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>OME-TIFF: orders, TiffData, units, sets of files.</summary>
public sealed class OmeTiffTests : TiffTestFolder
{
    private const string Own = "urn:uuid:00000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData("XYZCT", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })]
    [InlineData("XYCZT", new[] { 0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11 })]
    [InlineData("XYZTC", new[] { 0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11 })]
    [InlineData("XYTZC", new[] { 0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11 })]
    [InlineData("XYCTZ", new[] { 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11 })]
    [InlineData("XYTCZ", new[] { 0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11 })]
    public void OpenRead_EveryDimensionOrder_PutsPagesInPlace(string order, int[] pages)
    {
        // 2 frames × 2 channels × 3 slices; the numbers of the pages, worked out by hand, in the order T, C, Z.
        Write("a.ome.tif", Xml(order, 3, 2, 2, "<TiffData/>"), 12);
        using var reader = VolumeFile.OpenRead(At("a.ome.tif"));
        Assert.Equal(new VolumeShape(2, 2, 3, 1, 1), reader.Info.Shape);
        Assert.Equal(pages, Values<byte>(reader).Select(value => (int)value));
    }

    [Theory]
    [InlineData("", new[] { 0, 1, 2, 3 })]
    [InlineData("<TiffData IFD=\"0\" PlaneCount=\"4\"/>", new[] { 0, 1, 2, 3 })]
    [InlineData("<TiffData IFD=\"2\" PlaneCount=\"2\"/><TiffData IFD=\"0\" FirstC=\"1\" PlaneCount=\"2\"/>", new[] { 2, 3, 0, 1 })]
    [InlineData("<TiffData IFD=\"3\"/><TiffData IFD=\"2\" FirstZ=\"1\"/><TiffData IFD=\"1\" FirstC=\"1\"/><TiffData IFD=\"0\" FirstZ=\"1\" FirstC=\"1\"/>", new[] { 3, 2, 1, 0 })]
    public void OpenRead_TiffData_SaysWherePlanesAre(string data, int[] pages)
    {
        Write("a.ome.tif", Xml("XYZCT", 2, 2, 1, data), 4);
        using var reader = VolumeFile.OpenRead(At("a.ome.tif"));
        Assert.Equal(pages, Values<byte>(reader).Select(value => (int)value));
    }

    [Fact]
    public void OpenRead_FirstT_BeginsThere()
    {
        Write("a.ome.tif", Xml("XYZCT", 1, 1, 3, "<TiffData IFD=\"0\" FirstT=\"2\"/><TiffData IFD=\"1\" FirstT=\"0\" PlaneCount=\"2\"/>"), 3);
        using var reader = VolumeFile.OpenRead(At("a.ome.tif"));
        Assert.Equal<byte>([1, 2, 0], Values<byte>(reader));
    }

    [Theory]
    [InlineData("<TiffData IFD=\"0\" PlaneCount=\"3\"/>", "promises 4 planes and says where 3 are")]
    [InlineData("<TiffData IFD=\"0\" PlaneCount=\"3\"/><TiffData IFD=\"0\"/>", "the plane t=0, c=1, z=1")]
    [InlineData("<TiffData IFD=\"1\" PlaneCount=\"4\"/>", "promises 4 planes and says where 3 are")]
    public void OpenRead_PlaneInNoPage_IsNamed(string data, string expected)
    {
        Write("a.ome.tif", Xml("XYZCT", 2, 2, 1, data), 4);
        Assert.Contains(expected, Refusal(At("a.ome.tif")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PhysicalSizeX=\"0.2\" PhysicalSizeY=\"0.3\" PhysicalSizeZ=\"0.5\"", 0.2, 0.3, 0.5, "µm")]
    [InlineData("PhysicalSizeX=\"200\" PhysicalSizeXUnit=\"nm\" PhysicalSizeY=\"0.3\" PhysicalSizeZ=\"0.0005\" PhysicalSizeZUnit=\"mm\"", 200, 300, 500, "nm")]
    [InlineData("PhysicalSizeX=\"2\" PhysicalSizeXUnit=\"Å\"", 2, 2, 1, "Å")]
    [InlineData("PhysicalSizeX=\"-1\"", 1, 1, 1, "pixel")]
    [InlineData("", 1, 1, 1, "pixel")]
    public void OpenRead_PhysicalSizes_ComeInOneUnit(string attributes, double x, double y, double z, string unit)
    {
        Write("a.ome.tif", Xml("XYZCT", 1, 1, 1, "", attributes), 1);
        using var reader = VolumeFile.OpenRead(At("a.ome.tif"));
        var calibration = reader.Info.Calibration;
        Assert.Equal((x, y, z), (calibration.VoxelWidth, Math.Round(calibration.VoxelHeight, 9), Math.Round(calibration.VoxelDepth, 9)));
        Assert.Equal(unit, calibration.Unit);
    }

    [Theory]
    [InlineData("one.ome.tif")]
    [InlineData("two.ome.tif")]
    public void OpenRead_SetOfFiles_ReadsPlanesOfAll(string opened)
    {
        WriteSet();
        using var reader = VolumeFile.OpenRead(At(opened));
        Assert.Equal(new VolumeShape(1, 1, 4, 1, 1), reader.Info.Shape);
        Assert.Equal<byte>([0, 10, 1, 11], Values<byte>(reader));
        Assert.Contains(reader.Format.Notes, note => note.Contains("2 files", StringComparison.Ordinal));
    }

    [Fact]
    public void OpenRead_SetWithAMissingFile_NamesIt()
    {
        WriteSet();
        File.Delete(At("two.ome.tif"));
        var error = Refusal(At("one.ome.tif"), InferenceError.FileUnreadable);
        Assert.Contains("two.ome.tif is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRows_OtherFileHasOtherPixels_NamesThatFile()
    {
        WriteSet();
        Write("two.ome.tif", "", 2, width: 2);
        Assert.Contains("two.ome.tif: its page 0 has 2×1 pixels", Refusal(At("one.ome.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRows_OtherFileIsShort_NamesThatFile()
    {
        WriteSet();
        Write("two.ome.tif", "", 1);
        Assert.Contains("two.ome.tif: the set that it belongs to wants its page 1; it has 1", Refusal(At("one.ome.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_SetOfMoreFilesThanStayOpen_ReadsPlanesInAnyOrder()
    {
        var data = string.Concat(Enumerable.Range(0, 40).Select(z => $"<TiffData FirstZ=\"{z}\" IFD=\"0\"><UUID FileName=\"f{z}.ome.tif\">u{z}</UUID></TiffData>"));
        for (var z = 0; z < 40; z++)
        {
            Write($"f{z}.ome.tif", Xml("XYZCT", 40, 1, 1, data), 1, first: z);
        }

        using var reader = VolumeFile.OpenRead(At("f20.ome.tif"));
        var pixel = new byte[1];
        foreach (var z in new[] { 39, 0, 20, 39, 5, 38, 1 }.Concat(Enumerable.Range(0, 40)))
        {
            reader.ReadRows(z, 0, 1, pixel);
            Assert.Equal(z, pixel[0]);
        }
    }

    [Theory]
    [InlineData("../two.ome.tif")]
    [InlineData("/etc/two.ome.tif")]
    [InlineData("..\\two.ome.tif")]
    public void OpenRead_FileOutsideTheFolder_IsRefused(string name)
    {
        Write("one.ome.tif", Xml("XYZCT", 2, 1, 1, Data("one.ome.tif", Own, 0, 0) + Data(name, "u2", 1, 0)), 1);
        Assert.Contains("outside its folder", Refusal(At("one.ome.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_RenamedFile_IsFoundByItsUuid()
    {
        WriteSet();
        File.Move(At("one.ome.tif"), At("renamed.ome.tif"));
        using var reader = VolumeFile.OpenRead(At("renamed.ome.tif"));
        Assert.Equal<byte>([0, 10, 1, 11], Values<byte>(reader));
    }

    [Fact]
    public void OpenRead_CompanionBesideTheFile_IsFollowed()
    {
        File.WriteAllText(At("set.companion.ome"), Xml("XYZCT", 2, 1, 1, Data("one.ome.tif", Own, 1, 0) + Data("two.ome.tif", "u2", 0, 0)));
        var pointer = $"<OME UUID=\"{Own}\"><BinaryOnly MetadataFile=\"set.companion.ome\" UUID=\"u9\"/></OME>";
        Write("one.ome.tif", pointer, 1, first: 7);
        Write("two.ome.tif", pointer, 1, first: 9);
        using (var reader = VolumeFile.OpenRead(At("one.ome.tif")))
        {
            Assert.Equal<byte>([9, 7], Values<byte>(reader));
        }

        File.Delete(At("set.companion.ome"));
        Assert.Contains("set.companion.ome is missing", Refusal(At("one.ome.tif"), InferenceError.FileUnreadable).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_SeveralImages_ReadsTheOneInThisFile()
    {
        var first = Pixels("XYZCT", 1, 1, 1, Data("other.ome.tif", "u2", 0, 0), "");
        var second = Pixels("XYZCT", 1, 1, 1, Data("one.ome.tif", Own, 0, 0), "PhysicalSizeX=\"3\"");
        Write("one.ome.tif", $"<OME><Image>{first}</Image><Image>{second}</Image></OME>", 1, first: 5);
        using var reader = VolumeFile.OpenRead(At("one.ome.tif"));
        Assert.Equal(3, reader.Info.Calibration.VoxelWidth);
        Assert.Equal<byte>([5], Values<byte>(reader));
        Assert.Contains("image 2 of the 2 in the OME-XML was read", reader.Format.Notes);
    }

    private static string Data(string file, string uuid, int z, int page) =>
        $"<TiffData FirstZ=\"{z}\" IFD=\"{page}\" PlaneCount=\"1\"><UUID FileName=\"{file}\">{uuid}</UUID></TiffData>";

    private static string Xml(string order, int z, int c, int t, string data, string attributes = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\" UUID=\"{Own}\"><Image>{Pixels(order, z, c, t, data, attributes)}</Image></OME>";

    private static string Pixels(string order, int z, int c, int t, string data, string attributes) =>
        $"<Pixels DimensionOrder=\"{order}\" SizeX=\"1\" SizeY=\"1\" SizeZ=\"{z}\" SizeC=\"{c}\" SizeT=\"{t}\" Type=\"uint8\" {attributes}>{data}</Pixels>";

    // Slices 0 and 2 are pages 0 and 1 of one file, 1 and 3 those of the other, which points to the first one for metadata.
    private void WriteSet()
    {
        var data = Data("one.ome.tif", Own, 0, 0) + Data("two.ome.tif", "u2", 1, 0) + Data("one.ome.tif", Own, 2, 1) + Data("two.ome.tif", "u2", 3, 1);
        Write("one.ome.tif", Xml("XYZCT", 4, 1, 1, data), 2);
        Write("two.ome.tif", "<OME UUID=\"u2\"><BinaryOnly MetadataFile=\"one.ome.tif\"/></OME>", 2, first: 10);
    }

    // Pages of one pixel, which holds the page's number.
    private void Write(string name, string description, int pages, int first = 0, int width = 1)
    {
        var builder = new TiffBuilder();
        for (var page = 0; page < pages; page++)
        {
            builder.Add(new TiffBuilder.Page(width, 1, Enumerable.Repeat((byte)(first + page), width).ToArray()) { Description = page == 0 ? description : "" });
        }

        builder.Write(At(name));
    }
}
