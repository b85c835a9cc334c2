using System.Text;

namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>Descriptions that promise what no file holds, or attack the one who reads them.</summary>
public class DescriptionTests
{
    private const string Laughs = "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
        + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]>";

    [Theory]
    [InlineData("ImageJ=1.54f\nimages=2000000000\nslices=2000000000\n", "2000000000")]
    [InlineData("ImageJ=1.54f\nimages=2000000000\nchannels=2147483647\nslices=2147483647\nframes=2147483647\n", "promises 2000000000 images")]
    [InlineData("ImageJ=1.54f\nchannels=65536\nslices=65536\nframes=1\n", "65536")]
    public void OpenRead_ImageJPlanesThatTheFileLacks_AreRefused(string description, string number) =>
        HostileFile.AssertRefused(Image(description), number);

    [Theory]
    [InlineData("SizeZ=\"2147483647\" SizeC=\"2147483647\" SizeT=\"2147483647\"")]
    [InlineData("SizeZ=\"2147483647\" SizeC=\"1\" SizeT=\"1\"")]
    [InlineData("SizeZ=\"30000\" SizeC=\"30000\" SizeT=\"1\"")]
    public void OpenRead_OmeSizesThatNoFileHolds_AreRefused(string sizes) =>
        HostileFile.AssertRefused(Image(Ome(sizes, "")), "planes");

    [Theory]
    [InlineData("SizeZ=\"0\" SizeC=\"1\" SizeT=\"1\"", "SizeZ")]
    [InlineData("SizeZ=\"1\" SizeC=\"-1\" SizeT=\"1\"", "SizeC")]
    [InlineData("SizeZ=\"1\" SizeC=\"1\" SizeT=\"99999999999999999999\"", "SizeT")]
    [InlineData("SizeZ=\"1\" SizeC=\"1\"", "SizeT")]
    public void OpenRead_OmeSizeThatIsNone_IsNamed(string sizes, string name) =>
        HostileFile.AssertRefused(Image(Ome(sizes, "")), name);

    [Fact]
    public void OpenRead_OmeWithExternalEntity_IsRefusedAndOpensNothing() => HostileFile.AssertRefused(
        Image("<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><OME><Image><Pixels Type=\"&x;\"/></Image></OME>"), "DTD");

    [Fact]
    public void OpenRead_OmeWithABillionLaughs_IsRefused() =>
        HostileFile.AssertRefused(Image($"<?xml version=\"1.0\"?>{Laughs}<OME><Image Name=\"&e;\"/></OME>"), "DTD");

    [Fact]
    public void OpenRead_OmeOfElementsInElements_IsRefused() => HostileFile.AssertRefused(
        Image("<OME>" + string.Concat(Enumerable.Repeat("<a>", 100_000))), "nests elements more than");

    [Fact]
    public void OpenRead_OmeThatNamesPlanesAgainAndAgain_IsRefused()
    {
        var runs = string.Concat(Enumerable.Repeat("<TiffData IFD=\"0\" PlaneCount=\"2147483647\"/>", 20_000));
        var file = new HostileTiff();
        var description = Encoding.UTF8.GetBytes(Ome("SizeZ=\"1000\" SizeC=\"1\" SizeT=\"1\"", runs) + "\0");
        var at = file.Data(description);
        var pixels = file.Data(new byte[16]);
        for (var page = 0; page < 1000; page++)
        {
            file.Directory(HostileTiff.Grey(4, 4, pixels, 16, page == 0 ? [new Entry(270, HostileTiff.Ascii, description.Length, at)] : []));
        }

        HostileFile.AssertRefused(file, "where one of 1000 planes is; accepted: at most 64 times each");
    }

    [Theory]
    [InlineData("/etc/passwd", "outside its folder")]
    [InlineData("../../../../etc/passwd", "outside its folder")]
    [InlineData("..\\..\\etc\\passwd", "outside its folder")]
    public void OpenRead_OmeThatNamesAFileElsewhere_IsRefusedAndOpensNothing(string name, string reason)
    {
        var data = $"<TiffData IFD=\"0\"><UUID FileName=\"hostile.tif\"/></TiffData><TiffData FirstZ=\"1\" IFD=\"0\"><UUID FileName=\"{name}\"/></TiffData>";
        HostileFile.AssertRefused(Image(Ome("SizeZ=\"2\" SizeC=\"1\" SizeT=\"1\"", data)), reason);
        HostileFile.AssertRefused(Image($"<?xml version=\"1.0\"?><OME><BinaryOnly MetadataFile=\"{name}\" UUID=\"urn:uuid:1\"/></OME>"), reason);
    }

    [Fact]
    public void OpenRead_OmeWhoseMetadataAreInItself_IsRefused() => HostileFile.AssertRefused(
        Image("<?xml version=\"1.0\"?><OME><BinaryOnly MetadataFile=\"hostile.tif\" UUID=\"urn:uuid:1\"/></OME>"), "no Pixels element");

    private static string Ome(string sizes, string content) =>
        $"<?xml version=\"1.0\"?><OME><Image><Pixels DimensionOrder=\"XYZCT\" Type=\"uint8\" SizeX=\"4\" SizeY=\"4\" {sizes}>{content}</Pixels></Image></OME>";

    private static HostileTiff Image(string description)
    {
        var file = new HostileTiff();
        var text = Encoding.UTF8.GetBytes(description + "\0");
        var at = file.Data(text);
        var pixels = file.Data(new byte[16]);
        file.Directory(HostileTiff.Grey(4, 4, pixels, 16, new Entry(270, HostileTiff.Ascii, text.Length, at)));
        return file;
    }
}
