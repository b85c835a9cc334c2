using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>What is written is read: pixel types, compressions, predictors, byte orders, layouts.</summary>
public class RoundTripTests
{
    private const int Width = 37;
    private const int Height = 23;

    public static TheoryData<int, SampleFormat, Compression, Predictor, string> Encodings()
    {
        var data = new TheoryData<int, SampleFormat, Compression, Predictor, string>();
        (int, SampleFormat)[] types =
        [
            (8, SampleFormat.UINT), (8, SampleFormat.INT), (16, SampleFormat.UINT), (16, SampleFormat.INT),
            (16, SampleFormat.IEEEFP), (32, SampleFormat.UINT), (32, SampleFormat.INT), (32, SampleFormat.IEEEFP),
            (64, SampleFormat.IEEEFP),
        ];
        Compression[] plain = [Compression.NONE, Compression.PACKBITS, Image.Lzma];
        Compression[] predicting = [Compression.LZW, Compression.ADOBE_DEFLATE, Compression.DEFLATE, Image.Zstd];
        string[] modes = ["w", "wb", "w8", "w8b"];
        foreach (var (bits, format) in types)
        {
            foreach (string mode in modes)
            {
                foreach (Compression compression in plain)
                    data.Add(bits, format, compression, Predictor.NONE, mode);
                foreach (Compression compression in predicting)
                {
                    data.Add(bits, format, compression, Predictor.NONE, mode);
                    data.Add(bits, format, compression, Predictor.HORIZONTAL, mode);
                    if (format == SampleFormat.IEEEFP && !mode.Contains('b'))
                        data.Add(bits, format, compression, Predictor.FLOATINGPOINT, mode);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void WriteAndRead_Strips_GiveSamePixels(int bits, SampleFormat format, Compression compression,
        Predictor predictor, string mode)
    {
        byte[] pixels = Image.Noise(Width * Height * bits / 8);
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using (Tiff tif = Image.Open(file.Name, mode))
        {
            Assert.SkipUnless(tif.IsCodecConfigured(compression), $"libtiff was built without {compression}.");
            Image.Describe(tif, Width, Height, bits, format);
            Assert.True(tif.SetField(TiffTag.COMPRESSION, compression));
            if (predictor != Predictor.NONE)
                Assert.True(tif.SetField(TiffTag.PREDICTOR, predictor));
            Image.WriteStrips(tif, pixels, rowsPerStrip: 7);
        }
        using Tiff read = Image.Open(file.Name, "r");

        Assert.Equal(compression, (Compression)read.GetField(TiffTag.COMPRESSION)![0].ToInt());
        Assert.Equal(format, (SampleFormat)read.GetField(TiffTag.SAMPLEFORMAT)![0].ToInt());
        Assert.Equal(4, read.NumberOfStrips());
        Assert.Equal(pixels, Image.ReadStrips(read, pixels.Length));
        Assert.Empty(messages.Errors);
    }

    [Theory]
    [InlineData("w")]
    [InlineData("wb")]
    public void WriteAndRead_Scanlines_GiveSamePixels(string mode)
    {
        byte[] pixels = Image.Noise(Width * Height * 2);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, mode))
        {
            Image.Describe(tif, Width, Height, 16);
            Assert.True(tif.SetField(TiffTag.COMPRESSION, Compression.LZW));
            Assert.True(tif.SetField(TiffTag.ROWSPERSTRIP, 5));
            Assert.Equal(Width * 2, tif.ScanlineSize());
            byte[] source = [.. pixels];
            for (int row = 0; row < Height; row++)
                Assert.True(tif.WriteScanline(source, row * Width * 2, row, 0));
            Assert.Equal(pixels, source);
        }
        using Tiff read = Image.Open(file.Name, "r");
        var result = new byte[pixels.Length];
        for (int row = 0; row < Height; row++)
            Assert.True(read.ReadScanline(result, row * Width * 2, row, 0));

        Assert.Equal(pixels, result);
        Assert.Equal(2, read.ComputeStrip(10, 0));
    }

    [Fact]
    public void WriteAndRead_SeparatePlanes_KeepsEachPlane()
    {
        byte[] pixels = Image.Noise(Width * Height * 3);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, Width, Height, 8, samples: 3, planar: PlanarConfig.SEPARATE);
            Assert.True(tif.SetField(TiffTag.ROWSPERSTRIP, Height));
            for (int plane = 0; plane < 3; plane++)
                Assert.True(tif.WriteEncodedStrip(plane, pixels, plane * Width * Height, Width * Height));
        }
        using Tiff read = Image.Open(file.Name, "rc");

        Assert.Equal(3, read.NumberOfStrips());
        Assert.Equal(2, read.ComputeStrip(0, 2));
        Assert.Equal(pixels, Image.ReadStrips(read, pixels.Length));
    }

    [Fact]
    public void WriteAndRead_Jpeg_StaysClose()
    {
        var pixels = new byte[64 * 64];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 64 * 2 + i / 64);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 64, 64, 8);
            Assert.True(tif.SetField(TiffTag.COMPRESSION, Compression.JPEG));
            Assert.True(tif.SetField(TiffTag.JPEGQUALITY, 95));
            Image.WriteStrips(tif, pixels, rowsPerStrip: 16);
        }
        using Tiff read = Image.Open(file.Name, "r");
        byte[] result = Image.ReadStrips(read, pixels.Length);

        for (int i = 0; i < pixels.Length; i++)
            Assert.InRange(result[i], pixels[i] - 6, pixels[i] + 6);
    }

    [Fact]
    public void WriteRawStrip_ThenRead_DecodesIt()
    {
        // PackBits: a run of four sevens, then two literal bytes.
        byte[] packed = [256 - 3, 7, 1, 8, 9];
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 6, 1, 8);
            Assert.True(tif.SetField(TiffTag.COMPRESSION, Compression.PACKBITS));
            Assert.True(tif.WriteRawStrip(0, packed, packed.Length));
        }
        using Tiff read = Image.Open(file.Name, "r");
        var raw = new byte[packed.Length];

        Assert.Equal(packed.Length, read.RawStripSize(0));
        Assert.Equal(packed.Length, read.ReadRawStrip(0, raw, 0, raw.Length));
        Assert.Equal(packed, raw);
        Assert.Equal([7, 7, 7, 7, 8, 9], Image.ReadStrips(read, 6));
    }

    [Fact]
    public void ReadEncodedStrip_WithOffsetAndCount_FillsOnlyThere()
    {
        byte[] pixels = Image.Noise(16);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 4, 4, 8);
            Image.WriteStrips(tif, pixels, rowsPerStrip: 4);
        }
        using Tiff read = Image.Open(file.Name, "r");
        var buffer = new byte[20];

        Assert.Equal(8, read.ReadEncodedStrip(0, buffer, 5, 8));

        Assert.Equal([.. new byte[5], .. pixels[..8], .. new byte[7]], buffer);
    }

    [Fact]
    public void Write_FloatingPointPredictorInTheOtherByteOrder_IsRefused()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "wb");
        Image.Describe(tif, 2, 1, 32, SampleFormat.IEEEFP);
        Assert.True(tif.SetField(TiffTag.COMPRESSION, Compression.LZW));
        Assert.True(tif.SetField(TiffTag.PREDICTOR, Predictor.FLOATINGPOINT));

        Assert.False(tif.WriteEncodedStrip(0, new byte[8], 8));
        Assert.Contains(messages.Errors, error => error.Contains("predictor", StringComparison.Ordinal));
    }
}
