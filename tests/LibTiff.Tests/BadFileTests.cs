using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>Broken and hostile files end in a refusal with a message.</summary>
public class BadFileTests
{
    public static TheoryData<string, byte[]> NotTiffs() => new()
    {
        { "empty", [] },
        { "text", "This is no image at all."u8.ToArray() },
        { "png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13] },
        { "half a header", [(byte)'I', (byte)'I', 42, 0] },
        { "wrong version", [(byte)'I', (byte)'I', 44, 0, 8, 0, 0, 0] },
        { "directory beyond the end", [(byte)'I', (byte)'I', 42, 0, 0, 1, 0, 0] },
        { "no directory", [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0] },
        { "BigTIFF with wrong offset size", [(byte)'I', (byte)'I', 43, 0, 4, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(NotTiffs))]
    public void Open_NotATiff_GivesNullAndAMessage(string what, byte[] bytes)
    {
        using var file = new TempFile(bytes);
        Messages messages = Messages.Capture();

        Assert.True(Tiff.Open(file.Name, "r") is null, what);
        Assert.NotEmpty(messages.Errors);
    }

    [Fact]
    public void Open_MissingFile_NamesIt()
    {
        Messages messages = Messages.Capture();

        Assert.Null(Tiff.Open("/no/such/folder/x.tif", "r"));
        Assert.Contains(messages.Errors, error => error.Contains("/no/such/folder/x.tif", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void Open_BadMode_GivesNullAndAMessage(string mode)
    {
        Messages messages = Messages.Capture();

        Assert.Null(Tiff.Open("x.tif", mode));
        Assert.Contains(messages.Errors, error => error.Contains("Bad mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_CyclicDirectories_Ends()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(12).ToArray();
        using var file = new TempFile(bytes);
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "r");

        Assert.False(tif.ReadDirectory());
        Assert.Equal(1, tif.NumberOfDirectories());
        Assert.NotEmpty(messages.Errors.Concat(messages.Warnings));
    }

    [Fact]
    public void ReadEncodedStrip_TruncatedPixels_GivesMinusOneAndAMessage()
    {
        byte[] bytes = new HandMade().Header(8)
            .EntryCount(8).GreyEntries(100, 100, 8, 200, 10_000).Offset(0).Raw(new byte[500]).ToArray();
        using var file = new TempFile(bytes);
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "rc");

        Assert.Equal(-1, tif.ReadEncodedStrip(0, new byte[10_000], 0, -1));
        Assert.NotEmpty(messages.Errors);
    }

    [Fact]
    public void ReadEncodedStrip_UnknownCompression_GivesMinusOneAndAMessage()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4).EntryCount(8)
            .ShortEntry(256, 2).ShortEntry(257, 2).ShortEntry(258, 8).ShortEntry(259, 12345).ShortEntry(262, 1)
            .LongEntry(273, 8).ShortEntry(278, 2).LongEntry(279, 4).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "r");

        Assert.False(tif.IsCodecConfigured((Compression)12345));
        Assert.Equal(-1, tif.ReadEncodedStrip(0, new byte[4], 0, -1));
        Assert.NotEmpty(messages.Errors);
    }

    [Fact]
    public void Read_EveryTruncationOfAFile_NeverCrashes()
    {
        byte[] whole = Compressed();
        for (int length = 0; length < whole.Length; length++)
        {
            using var file = new TempFile(whole[..length]);
            ReadEverything(file.Name);
        }
    }

    [Fact]
    public void Read_EveryByteFlipped_NeverCrashes()
    {
        byte[] whole = Compressed();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] broken = [.. whole];
            broken[i] ^= 0xff;
            using var file = new TempFile(broken);
            ReadEverything(file.Name);
        }
    }

    [Fact]
    public void Open_TagThatClaimsFourGigabytes_DoesNotTakeThem()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(9).GreyEntries(2, 2, 8, 8, 4).FarEntry(65000, 1, 0xfffffff0, 12).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        long before = Environment.WorkingSet;
        using Tiff? tif = Tiff.Open(file.Name, "r");

        Assert.Null(tif?.GetField((TiffTag)65000));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 256L << 20);
    }

    [Fact]
    public void ReadScanline_BufferTooSmall_IsRefused()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "r");

        Assert.False(tif.ReadScanline(new byte[1], 0));
        Assert.Contains(messages.Errors, error => error.Contains("scanline needs 2", StringComparison.Ordinal));
        Assert.False(tif.ReadScanline(new byte[2], 2));
        Assert.Equal(-1, tif.ReadEncodedStrip(7, new byte[4], 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tif.ReadEncodedStrip(0, new byte[4], 2, 3));
    }

    [Fact]
    public void Write_FullDisk_IsReported()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        Messages messages = Messages.Capture();
        using Tiff? tif = Tiff.Open("/dev/full", "w");
        bool written = tif is not null;
        if (tif is not null)
        {
            Image.Describe(tif, 1000, 1000, 8);
            written = tif.WriteEncodedStrip(0, new byte[1_000_000], 1_000_000) && tif.WriteDirectory();
        }

        Assert.False(written);
        Assert.NotEmpty(messages.Errors);
    }

    [Fact]
    public void Methods_AfterClose_Throw()
    {
        using var file = new TempFile();
        Tiff tif = Image.Open(file.Name, "w");
        tif.Close();
        tif.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tif.ReadDirectory());
    }

    private static byte[] Compressed()
    {
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            for (int page = 0; page < 2; page++)
            {
                Image.Describe(tif, 16, 8, 16, samples: 3);
                Assert.True(tif.SetField(TiffTag.COMPRESSION, page == 0 ? Compression.LZW : Compression.ADOBE_DEFLATE));
                Assert.True(tif.SetField(TiffTag.PREDICTOR, Predictor.HORIZONTAL));
                Assert.True(tif.SetField(TiffTag.IMAGEDESCRIPTION, "page"));
                Image.WriteStrips(tif, new byte[16 * 8 * 6], rowsPerStrip: 3);
                Assert.True(tif.WriteDirectory());
            }
        }
        return File.ReadAllBytes(file.Name);
    }

    private static void ReadEverything(string name)
    {
        using Tiff? tif = Tiff.Open(name, "r");
        if (tif is not null)
            Walk.Everything(tif);
    }
}
