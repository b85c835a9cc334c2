using System.Text;
using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

public class FieldTests
{
    [Fact]
    public void SetField_TextAndNumbers_AreReadBack()
    {
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 2, 1, 8, samples: 4);
            Assert.True(tif.SetField(TiffTag.IMAGEDESCRIPTION, "ImageJ=1.54f\nunit=\\u00B5m"));
            Assert.True(tif.SetField(TiffTag.SOFTWARE, "µ-scope {0}"));
            Assert.True(tif.SetField(TiffTag.DATETIME, "2024:02:29 12:34:56"));
            Assert.True(tif.SetField(TiffTag.XRESOLUTION, 9.25));
            Assert.True(tif.SetField(TiffTag.YRESOLUTION, 300));
            Assert.True(tif.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.CENTIMETER));
            Assert.True(tif.SetField(TiffTag.SMINSAMPLEVALUE, 3.0));
            Assert.True(tif.SetField(TiffTag.SMAXSAMPLEVALUE, 200));
            Assert.True(tif.SetField(TiffTag.EXTRASAMPLES, 3, new short[] { 0, 1, 2 }));
            Assert.True(tif.SetField(TiffTag.ORIENTATION, Orientation.BOTLEFT));
            Assert.True(tif.SetField(TiffTag.WHITEPOINT, new[] { 0.25f, 0.5f }));
            Assert.True(tif.SetField(TiffTag.XMLPACKET, 3, new byte[] { 1, 2, 3 }));
            Assert.True(tif.WriteEncodedStrip(0, new byte[8], 8));
        }
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal("ImageJ=1.54f\nunit=\\u00B5m", read.GetField(TiffTag.IMAGEDESCRIPTION)![0].ToString());
        Assert.Equal("µ-scope {0}", read.GetField(TiffTag.SOFTWARE)![0].ToString());
        Assert.Equal("2024:02:29 12:34:56", read.GetField(TiffTag.DATETIME)![0].ToString());
        Assert.Equal(9.25f, read.GetField(TiffTag.XRESOLUTION)![0].ToFloat());
        Assert.Equal(300.0, read.GetField(TiffTag.YRESOLUTION)![0].ToDouble());
        Assert.Equal(ResUnit.CENTIMETER, read.GetField(TiffTag.RESOLUTIONUNIT)![0].Value);
        Assert.Equal(200.0, read.GetField(TiffTag.SMAXSAMPLEVALUE)![0].ToDouble());
        Assert.Equal(3, read.GetField(TiffTag.EXTRASAMPLES)![0].ToInt());
        Assert.Equal([ExtraSample.UNSPECIFIED, ExtraSample.ASSOCALPHA, ExtraSample.UNASSALPHA],
            Assert.IsType<ExtraSample[]>(read.GetField(TiffTag.EXTRASAMPLES)![1].Value));
        Assert.Equal(Orientation.BOTLEFT, read.GetField(TiffTag.ORIENTATION)![0].Value);
        Assert.Equal([0.25f, 0.5f], read.GetField(TiffTag.WHITEPOINT)![0].ToFloatArray()!);
        Assert.Equal([1, 2, 3], read.GetField(TiffTag.XMLPACKET)![1].ToByteArray()!);
    }

    [Fact]
    public void SetField_Utf8Bytes_ArePassedAsTheyAre()
    {
        byte[] text = Encoding.UTF8.GetBytes("<OME>µm 細胞</OME>");
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 1, 1, 8);
            Assert.True(tif.SetField(TiffTag.IMAGEDESCRIPTION, text));
            Assert.True(tif.WriteEncodedStrip(0, [1], 1));
        }
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal(text, read.GetField(TiffTag.IMAGEDESCRIPTION)![0].ToByteArray());
    }

    [Fact]
    public void ColorMap_ThreeTables_AreReadBack()
    {
        ushort[] red = new ushort[256], green = new ushort[256], blue = new ushort[256];
        for (int i = 0; i < 256; i++)
            (red[i], green[i], blue[i]) = ((ushort)(i * 257), (ushort)i, (ushort)(65535 - i));
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 1, 1, 8);
            Assert.True(tif.SetField(TiffTag.PHOTOMETRIC, Photometric.PALETTE));
            Assert.True(tif.SetField(TiffTag.COLORMAP, red, green, blue));
            Assert.True(tif.WriteEncodedStrip(0, [1], 1));
        }
        using Tiff read = Image.Open(file.Name, "r");
        FieldValue[] map = read.GetField(TiffTag.COLORMAP)!;

        Assert.Equal(red, map[0].ToUShortArray());
        Assert.Equal(green, map[1].ToUShortArray());
        Assert.Equal(blue, map[2].ToUShortArray());
    }

    [Fact]
    public void SetField_DepthAfterColorMap_IsRefused()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");
        Image.Describe(tif, 1, 1, 8);
        Assert.False(tif.SetField(TiffTag.COLORMAP, new ushort[256], new ushort[256], new ushort[255]));
        Assert.True(tif.SetField(TiffTag.COLORMAP, new ushort[256], new ushort[256], new ushort[256]));

        Assert.False(tif.SetField(TiffTag.BITSPERSAMPLE, 16));
        Assert.Equal(2, messages.Errors.Count);
    }

    [Theory]
    [InlineData(TiffTag.BITSPERSAMPLE, 70_000)]
    [InlineData(TiffTag.IMAGEWIDTH, 1L << 33)]
    [InlineData(TiffTag.IMAGEWIDTH, "wide")]
    [InlineData(TiffTag.IMAGEWIDTH, 1.5)]
    [InlineData(TiffTag.SOFTWARE, 3)]
    [InlineData(TiffTag.COMPRESSION, 12345)]
    [InlineData(TiffTag.PLANARCONFIG, 3)]
    [InlineData(TiffTag.STRIPOFFSETS, 8)]
    public void SetField_ValueThatDoesNotSuit_IsRefusedWithAMessage(TiffTag tag, object value)
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");

        Assert.False(tif.SetField(tag, value));
        Assert.NotEmpty(messages.Errors);
    }

    [Fact]
    public void SetField_OnFileOpenForReading_IsRefused()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        using Tiff tif = Image.Open(file.Name, "r");

        Assert.False(tif.SetField(TiffTag.IMAGEWIDTH, 1000));
        Assert.Equal(2, tif.GetField(TiffTag.IMAGEWIDTH)![0].ToInt());
    }

    [Fact]
    public void UnsetField_Text_IsGone()
    {
        using var file = new TempFile();
        using Tiff tif = Image.Open(file.Name, "w");
        Assert.True(tif.SetField(TiffTag.SOFTWARE, "x"));

        Assert.True(tif.UnsetField(TiffTag.SOFTWARE));
        Assert.Null(tif.GetField(TiffTag.SOFTWARE));
    }
}
