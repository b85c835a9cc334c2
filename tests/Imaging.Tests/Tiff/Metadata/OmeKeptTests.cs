using System.Xml.Linq;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>What an OME-XML tells of the microscope outlives an operation; what it tells of the pixels follows the result.</summary>
public sealed class OmeKeptTests
{
    private const string Source = """
        <?xml version="1.0"?>
        <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1">
          <Dataset ID="Dataset:0"><ImageRef ID="Image:7"/><ImageRef ID="Image:8"/></Dataset>
          <Instrument ID="Instrument:0"><Objective ID="Objective:0" LensNA="1.4"/></Instrument>
          <Image ID="Image:7" Name="cells"><InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>
            <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SignificantBits="12" BigEndian="true" SizeX="5" SizeY="4" SizeZ="3" SizeC="2" SizeT="1"
                PhysicalSizeX="0.10" PhysicalSizeXUnit="µm" PhysicalSizeY="0.10" PhysicalSizeYUnit="µm" PhysicalSizeZ="300" PhysicalSizeZUnit="nm">
              <Channel ID="Channel:0:0" Name="DAPI" Color="65535" EmissionWavelength="461"><DetectorSettings ID="Detector:0"/></Channel>
              <Channel ID="Channel:0:1" Name="GFP"/>
              <TiffData IFD="0" FirstZ="0"><UUID FileName="old.ome.tif">urn:uuid:1</UUID></TiffData><TiffData IFD="1" FirstC="1"/>
              <Plane TheZ="0" TheC="0" TheT="0" DeltaT="1.5"><HashSHA1>00</HashSHA1></Plane>
            </Pixels><ROIRef ID="ROI:0"/><AnnotationRef ID="Annotation:3"/>
          </Image>
          <Image ID="Image:8"><Pixels ID="Pixels:1" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"/></Image>
          <StructuredAnnotations><CommentAnnotation ID="Annotation:3"><Value>fixed</Value></CommentAnnotation></StructuredAnnotations>
          <ROI ID="ROI:0"/>
        </OME>
        """;

    private static readonly VolumeInfo Same = new(new VolumeShape(1, 2, 3, 4, 5), PixelType.UInt16)
    {
        ChannelNames = ["DAPI", "GFP"],
        Calibration = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.3, Unit = "µm", TimeUnit = "s" },
    };

    [Fact]
    public void Format_SameShape_KeepsTheMicroscopeAndRewritesThePixels()
    {
        var xml = Format(Same);
        Assert.Equal("1.4", One(xml, "Objective").Attribute("LensNA")?.Value);
        Assert.Equal("461", xml.Descendants().First(e => e.Name.LocalName == "Channel").Attribute("EmissionWavelength")?.Value);
        Assert.Equal("65535", xml.Descendants().First(e => e.Name.LocalName == "Channel").Attribute("Color")?.Value);
        Assert.Equal("fixed", One(xml, "CommentAnnotation").Value);
        Assert.Equal("1.5", One(xml, "Plane").Attribute("DeltaT")?.Value);
        Assert.Single(Named(xml, "ROI"));
        Assert.Equal(["Image:7"], Named(xml, "ImageRef").Select(e => e.Attribute("ID")!.Value));
        var pixels = One(xml, "Pixels");
        Assert.Equal(("XYZCT", "false", "0.10", "300", "nm"), (Value(pixels, "DimensionOrder"), Value(pixels, "BigEndian"),
            Value(pixels, "PhysicalSizeX"), Value(pixels, "PhysicalSizeZ"), Value(pixels, "PhysicalSizeZUnit")));
        var data = One(xml, "TiffData");
        Assert.Equal(("0", "6"), (Value(data, "IFD"), Value(data, "PlaneCount")));
        Assert.Empty(Named(xml, "HashSHA1"));
        Assert.Null(pixels.Attribute("SignificantBits"));
        Assert.Null(xml.Root!.Attribute("UUID"));
        Assert.Equal(["Channel", "Channel", "TiffData", "Plane"], pixels.Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public void Format_OtherShapeAndType_DropsWhatIsNoLongerTrue()
    {
        var xml = Format(new VolumeInfo(new VolumeShape(1, 1, 3, 8, 10), PixelType.Float32)
        {
            Calibration = new Calibration { VoxelWidth = 0.05, VoxelHeight = 0.05, VoxelDepth = 0.3, Unit = "µm" },
        });
        var pixels = One(xml, "Pixels");
        Assert.Equal(("float", "1", "0.05", "10"), (Value(pixels, "Type"), Value(pixels, "SizeC"), Value(pixels, "PhysicalSizeX"), Value(pixels, "SizeX")));
        Assert.Null(One(xml, "Channel").Attribute("Name"));
        Assert.Empty(Named(xml, "Plane"));
        Assert.Empty(Named(xml, "ROI"));
        Assert.Empty(Named(xml, "ROIRef"));
        Assert.Single(Named(xml, "Objective"));
    }

    [Fact]
    public void Format_TwiceWithProvenance_KeepsOneAnnotationForEachOperation()
    {
        var first = OmeXmlWriter.Format(Same, new ImageMetadata { OmeXml = Source }.WithOperation(MetadataSamples.Entry), "a.ome.tif");
        var read = OmeTree.Parse(first)!.Provenance.ToList();
        var second = XDocument.Parse(OmeXmlWriter.Format(Same, new ImageMetadata { OmeXml = first, Provenance = read }.WithOperation(MetadataSamples.Entry), "b.ome.tif"));
        Assert.Equal(ProvenanceText.Pairs(MetadataSamples.Entry), ProvenanceText.Pairs(Assert.Single(read)));
        var ids = Named(second, "MapAnnotation").Select(e => e.Attribute("ID")!.Value).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(["Annotation:3", .. ids], Named(second, "AnnotationRef").Select(e => e.Attribute("ID")!.Value));
    }

    [Fact]
    public void Format_OlderSchema_TellsTheOperationInTheDescription()
    {
        var older = Source.Replace("2016-06", "2012-06", StringComparison.Ordinal);
        var text = OmeXmlWriter.Format(Same, new ImageMetadata { OmeXml = older }.WithOperation(MetadataSamples.Entry), "a.ome.tif");
        Assert.Empty(Named(XDocument.Parse(text), "MapAnnotation"));
        Assert.Equal("denoise/nlm", Assert.Single(OmeTree.Parse(text)!.Provenance).Operation);
    }

    [Fact]
    public void Format_SamplesOfAPixel_BecomeChannels()
    {
        var source = Source.Replace("<Channel ID=\"Channel:0:1\" Name=\"GFP\"/>", "", StringComparison.Ordinal)
            .Replace("Name=\"DAPI\" Color=\"65535\"", "Name=\"RGB\" SamplesPerPixel=\"2\"", StringComparison.Ordinal);
        var xml = XDocument.Parse(OmeXmlWriter.Format(Same with { ChannelNames = [] }, new ImageMetadata { OmeXml = source }, "a.ome.tif"));
        var channels = Named(xml, "Channel").ToList();
        Assert.Equal(2, channels.Select(channel => Value(channel, "ID")).Distinct().Count());
        Assert.All(channels, channel => Assert.Equal("1", Value(channel, "SamplesPerPixel")));
    }

    [Fact]
    public void Format_DamagedSource_WritesANewOne()
    {
        var xml = XDocument.Parse(OmeXmlWriter.Format(Same, new ImageMetadata { OmeXml = "<OME><Image>" }, "a\u0001.ome.tif"));
        Assert.Equal("a.ome.tif", One(xml, "Image").Attribute("Name")?.Value);
        Assert.Equal(2, Named(xml, "Channel").Count());
    }

    private static XDocument Format(VolumeInfo info) =>
        XDocument.Parse(OmeXmlWriter.Format(info, new ImageMetadata { OmeXml = Source }, "new.ome.tif"));

    private static IEnumerable<XElement> Named(XDocument xml, string name) => xml.Descendants().Where(e => e.Name.LocalName == name);

    private static XElement One(XDocument xml, string name) => Assert.Single(Named(xml, name));

    private static string? Value(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
