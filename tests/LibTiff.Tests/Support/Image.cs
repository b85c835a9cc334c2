namespace InferenceBridge.LibTiff.Tests.Support;

/// <summary>Writes and reads one image with the API under test.</summary>
internal static class Image
{
    public const Compression Zstd = (Compression)50000;
    public const Compression Lzma = (Compression)34925;

    public static byte[] Noise(int bytes)
    {
        var pixels = new byte[bytes];
        new Random(7).NextBytes(pixels);
        return pixels;
    }

    public static void Describe(Tiff tif, int width, int height, int bits, SampleFormat format = SampleFormat.UINT,
        int samples = 1, PlanarConfig planar = PlanarConfig.CONTIG)
    {
        Assert.True(tif.SetField(TiffTag.IMAGEWIDTH, width));
        Assert.True(tif.SetField(TiffTag.IMAGELENGTH, height));
        Assert.True(tif.SetField(TiffTag.BITSPERSAMPLE, bits));
        Assert.True(tif.SetField(TiffTag.SAMPLESPERPIXEL, samples));
        Assert.True(tif.SetField(TiffTag.SAMPLEFORMAT, format));
        Assert.True(tif.SetField(TiffTag.PLANARCONFIG, planar));
        Assert.True(tif.SetField(TiffTag.PHOTOMETRIC, samples == 3 ? Photometric.RGB : Photometric.MINISBLACK));
    }

    public static void WriteStrips(Tiff tif, byte[] pixels, int rowsPerStrip)
    {
        Assert.True(tif.SetField(TiffTag.ROWSPERSTRIP, rowsPerStrip));
        int stripBytes = tif.StripSize();
        for (int strip = 0, offset = 0; offset < pixels.Length; strip++, offset += stripBytes)
            Assert.True(tif.WriteEncodedStrip(strip, pixels, offset, Math.Min(stripBytes, pixels.Length - offset)));
    }

    public static byte[] ReadStrips(Tiff tif, int bytes)
    {
        var pixels = new byte[bytes];
        int offset = 0;
        for (int strip = 0; strip < tif.NumberOfStrips(); strip++)
        {
            int read = tif.ReadEncodedStrip(strip, pixels, offset, -1);
            Assert.True(read > 0);
            offset += read;
        }
        Assert.Equal(bytes, offset);
        return pixels;
    }

    public static Tiff Open(string name, string mode)
    {
        Tiff? tif = Tiff.Open(name, mode);
        Assert.NotNull(tif);
        return tif;
    }
}
