using System.Buffers.Binary;
using System.IO.Compression;
using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>Files laid out by hand, read with the API.</summary>
public class HandMadeFileTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Read_TwoByTwoSixteenBit_GivesPixelsInMachineOrder(bool bigEndian, bool bigTiff)
    {
        int header = bigTiff ? 16 : 8;
        byte[] bytes = new HandMade(bigEndian, bigTiff).Header(header + 8)
            .Short(1).Short(258).Short(40000).Short(65535)
            .EntryCount(8).GreyEntries(2, 2, 16, header, 8).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        using Tiff tif = Image.Open(file.Name, "r");
        var pixels = new byte[8];

        Assert.Equal(8, tif.ReadEncodedStrip(0, pixels, 0, -1));

        ushort[] values = [1, 258, 40000, 65535];
        for (int i = 0; i < 4; i++)
            Assert.Equal(values[i], BitConverter.ToUInt16(pixels, 2 * i));
        Assert.Equal(bigEndian, tif.IsBigEndian());
        Assert.Equal(bigEndian == BitConverter.IsLittleEndian, tif.IsByteSwapped());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_FloatingPointPredictor_GivesTheNumbers(bool bigEndian)
    {
        // 1 and 2 are 3f800000 and 40000000: by byte planes, most significant first, 3f 40 80 00 00 00 00 00, and each
        // byte less the one before it.
        byte[] differences = [0x3f, 0x01, 0x40, 0x80, 0, 0, 0, 0];
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(differences);
        int bytes = (int)compressed.Length;
        byte[] made = new HandMade(bigEndian).Header(8).EntryCount(10)
            .ShortEntry(256, 2).ShortEntry(257, 1).ShortEntry(258, 32).ShortEntry(259, 8).ShortEntry(262, 1)
            .LongEntry(273, 8 + 2 + 120 + 4).ShortEntry(278, 1).LongEntry(279, bytes).ShortEntry(317, 3).ShortEntry(339, 3)
            .Offset(0).Raw(compressed.ToArray()).ToArray();
        using var file = new TempFile(made);
        using Tiff tif = Image.Open(file.Name, "r");
        var pixels = new byte[8];

        Assert.Equal(8, tif.ReadEncodedStrip(0, pixels, 0, -1));
        Assert.Equal(1f, BitConverter.ToSingle(pixels, 0));
        Assert.Equal(2f, BitConverter.ToSingle(pixels, 4));
    }

    [Fact]
    public void GetField_BaselineTags_HavePackageTypes()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        using Tiff tif = Image.Open(file.Name, "r");

        Assert.Equal(2, Assert.IsType<int>(tif.GetField(TiffTag.IMAGEWIDTH)![0].Value));
        Assert.Equal((short)8, Assert.IsType<short>(tif.GetField(TiffTag.BITSPERSAMPLE)![0].Value));
        Assert.Equal(Compression.NONE, tif.GetField(TiffTag.COMPRESSION)![0].Value);
        Assert.Equal(Photometric.MINISBLACK, tif.GetField(TiffTag.PHOTOMETRIC)![0].Value);
        Assert.Equal([8], tif.GetField(TiffTag.STRIPOFFSETS)![0].ToIntArray()!);
        Assert.Equal([4], tif.GetField(TiffTag.STRIPBYTECOUNTS)![0].ToIntArray()!);
        Assert.Null(tif.GetField(TiffTag.TILEOFFSETS));
        Assert.Null(tif.GetField(TiffTag.SOFTWARE));
        Assert.Null(tif.GetField(TiffTag.SAMPLEFORMAT));
        Assert.Equal(SampleFormat.UINT, tif.GetFieldDefaulted(TiffTag.SAMPLEFORMAT)![0].Value);
    }

    [Fact]
    public void GetField_UnknownTagsOfEveryType_GiveCountAndBytes()
    {
        // Tag 65000+type holds two values of each type after the pixels.
        (int Type, byte[] Values)[] tags =
        [
            (1, [7, 8]), (2, [(byte)'h', 0]), (3, [1, 0, 2, 1]), (4, [1, 0, 0, 0, 2, 0, 0, 1]),
            (6, [255, 1]), (7, [9, 10]), (8, [255, 255, 3, 0]), (9, [254, 255, 255, 255, 4, 0, 0, 0]),
            (11, [0, 0, 128, 63, 0, 0, 0, 192]), (12, [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64]),
            (13, [5, 0, 0, 0, 6, 0, 0, 0]),
        ];
        const int Values = 12;
        var offsets = new List<long>();
        long at = Values;
        foreach (var tag in tags)
        {
            offsets.Add(at);
            at += tag.Values.Length;
        }
        HandMade made = new HandMade().Header(at).Raw(1, 2, 3, 4);
        foreach (var tag in tags)
            made.Raw(tag.Values);
        made.EntryCount(8 + tags.Length).GreyEntries(2, 2, 8, 8, 4);
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i].Values.Length <= 4)
                made.Short(65000 + tags[i].Type).Short(tags[i].Type).Long(2).Raw([.. tags[i].Values, .. new byte[4 - tags[i].Values.Length]]);
            else
                made.FarEntry(65000 + tags[i].Type, tags[i].Type, 2, offsets[i]);
        }
        using var file = new TempFile(made.Offset(0).ToArray());
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "r");

        foreach (var (type, values) in tags)
        {
            FieldValue[]? field = tif.GetField((TiffTag)(65000 + type));
            Assert.NotNull(field);
            switch (type)
            {
                case 2:
                    Assert.Equal("h", field[1].ToString());
                    break;
                case 13:
                    // Offsets of directories are 64 bits wide in memory.
                    Assert.Equal([5, 6], field[1].TolongArray()!);
                    break;
                default:
                    Assert.Equal(2, field[0].ToInt());
                    Assert.Equal(values, field[1].ToByteArray());
                    break;
            }
        }
        Assert.Empty(messages.Errors);
        Assert.Contains(messages.Warnings, warning => warning.Contains("65001", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_BigTiffBeyondFourGigabytes_FindsDirectoryAndPixels()
    {
        const long Far = 5L << 30;
        using var file = new TempFile();
        using (FileStream stream = File.Create(file.Name))
        {
            stream.Write(new HandMade(bigTiff: true).Header(Far).ToArray());
            stream.Seek(Far, SeekOrigin.Begin);
            HandMade directory = new HandMade(bigTiff: true).EntryCount(8);
            directory.ShortEntry(256, 2).ShortEntry(257, 1).ShortEntry(258, 8).ShortEntry(259, 1).ShortEntry(262, 1);
            directory.FarEntry(273, 16, 1, Far + 1000).ShortEntry(278, 1).LongEntry(279, 2).Offset(0);
            stream.Write(directory.ToArray());
            stream.Seek(Far + 1000, SeekOrigin.Begin);
            stream.Write([17, 34]);
        }
        using Tiff tif = Image.Open(file.Name, "r");
        var pixels = new byte[2];

        Assert.Equal(Far, tif.CurrentDirOffset());
        Assert.Equal(2, tif.ReadEncodedStrip(0, pixels, 0, 2));
        Assert.Equal([17, 34], pixels);
    }

    [Theory]
    [InlineData("w", 42, false)]
    [InlineData("w8", 43, false)]
    [InlineData("wb", 42, true)]
    [InlineData("w8b", 43, true)]
    public void Write_Mode_DecidesHeaderAndByteOrder(string mode, int version, bool bigEndian)
    {
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, mode))
        {
            Image.Describe(tif, 2, 1, 16);
            byte[] pixels = [.. BitConverter.GetBytes((ushort)0x1234), .. BitConverter.GetBytes((ushort)0xabcd)];
            byte[] given = [.. pixels];
            Assert.True(tif.WriteEncodedStrip(0, given, 4));
            Assert.Equal(pixels, given);
        }
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file.Name);

        Assert.Equal(bigEndian ? (byte)'M' : (byte)'I', bytes[0]);
        Assert.Equal(version, bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
        byte[] stored = bigEndian ? [0x12, 0x34, 0xab, 0xcd] : [0x34, 0x12, 0xcd, 0xab];
        Assert.True(bytes[(version == 43 ? 16 : 8)..].StartsWith(stored));
    }
}
