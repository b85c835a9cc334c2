using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>Tags that libtiff does not know, as ImageJ's 50838 and 50839.</summary>
public class PrivateTagTests
{
    private const TiffTag ByteCounts = (TiffTag)50838;
    private const TiffTag Metadata = (TiffTag)50839;
    private const TiffTag Label = (TiffTag)65100;
    private const TiffTag Scales = (TiffTag)65101;
    private const TiffTag Level = (TiffTag)65102;

    private static readonly TiffFieldInfo[] s_definitions =
    [
        new(ByteCounts, TiffFieldInfo.Variable2, TiffFieldInfo.Variable2, TiffType.LONG, FieldBit.Custom, true, true, "IJMetadataByteCounts"),
        new(Metadata, TiffFieldInfo.Variable2, TiffFieldInfo.Variable2, TiffType.BYTE, FieldBit.Custom, true, true, "IJMetadata"),
        new(Label, TiffFieldInfo.Variable, TiffFieldInfo.Variable, TiffType.ASCII, FieldBit.Custom, true, false, "Label"),
        new(Scales, 3, 3, TiffType.DOUBLE, FieldBit.Custom, true, false, "Scales"),
        new(Level, 1, 1, TiffType.SHORT, FieldBit.Custom, true, false, "Level"),
    ];

    [Theory]
    [InlineData("w")]
    [InlineData("wb")]
    [InlineData("w8")]
    public void SetField_DefinedTags_AreReadWithAndWithoutDefinition(string mode)
    {
        byte[] metadata = Image.Noise(100_000);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, mode))
        {
            tif.MergeFieldInfo(s_definitions, s_definitions.Length);
            for (int page = 0; page < 2; page++)
            {
                Image.Describe(tif, 1, 1, 8);
                Assert.True(tif.SetField(ByteCounts, 3, new[] { 28, 99_972, 70_000 }));
                Assert.True(tif.SetField(Metadata, metadata.Length, metadata));
                Assert.True(tif.SetField(Label, "cell 1"));
                Assert.True(tif.SetField(Scales, new[] { 0.5, -1, 1e-9 }));
                Assert.True(tif.SetField(Level, 40_000));
                Assert.True(tif.WriteEncodedStrip(0, [1], 1));
                Assert.True(tif.WriteDirectory());
            }
        }

        foreach (bool defined in new[] { false, true })
        {
            using Tiff read = Image.Open(file.Name, "r");
            if (defined)
                read.MergeFieldInfo(s_definitions, s_definitions.Length);
            for (short page = 0; page < 2; page++)
            {
                Assert.True(read.SetDirectory(page));
                Assert.Equal(3, read.GetField(ByteCounts)![0].ToInt());
                Assert.Equal([28, 99_972, 70_000], read.GetField(ByteCounts)![1].ToIntArray()!);
                Assert.Equal(metadata, read.GetField(Metadata)![1].ToByteArray());
                int value = defined ? 0 : 1;
                Assert.Equal("cell 1", read.GetField(Label)![value].ToString());
                Assert.Equal([0.5, -1, 1e-9], read.GetField(Scales)![value].ToDoubleArray()!);
                if (defined)
                    Assert.Equal(40_000, read.GetField(Level)![0].ToUShort());
                else
                    Assert.Equal([40_000], read.GetField(Level)![1].ToUShortArray()!);
            }
        }
    }

    [Fact]
    public void SetField_UndefinedTag_IsRefused()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");

        Assert.False(tif.SetField(ByteCounts, 1, new[] { 1 }));
        Assert.Contains(messages.Errors, error => error.Contains("50838", StringComparison.Ordinal));
        Assert.Null(tif.GetField(ByteCounts));
    }

    [Fact]
    public void SetField_CountAboveTheArray_IsRefused()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");
        tif.MergeFieldInfo(s_definitions, s_definitions.Length);

        Assert.False(tif.SetField(ByteCounts, 4, new[] { 1, 2, 3 }));
        Assert.False(tif.SetField(Metadata, 2, new byte[1]));
        Assert.False(tif.SetField(Scales, new[] { 1.0, 2.0 }));
        Assert.Equal(3, messages.Errors.Count);
    }

    [Fact]
    public void MergeFieldInfo_TypeThatCannotBe_IsReported()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");

        tif.MergeFieldInfo([new(Label, TiffFieldInfo.Variable, TiffFieldInfo.Variable, TiffType.LONG, FieldBit.Custom, true, false, "x")], 1);

        Assert.Contains(messages.Errors, error => error.Contains("unsupported definition", StringComparison.Ordinal));
    }
}
