namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Colours become channels, and the reader says so.</summary>
public sealed class TiffColourTests : TiffTestFolder
{
    // Red, green and blue of two colours: 16-bit, and with entries that 8 bits hold (n × 257).
    private static readonly long[] Deep = [1000, 2000, 3000, 4000, 5000, 65535];
    private static readonly long[] Bytes = [257, 2 * 257, 3 * 257, 4 * 257, 0, 65535];

    [Fact]
    public void OpenRead_Palette_BecomesRedGreenBlue()
    {
        Write(new TiffBuilder.Page(3, 1, [0b0100_0000]).With(258, 1).With(262, 3).With(320, Deep));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(1, 3, 1, 1, 3), reader.Info.Shape);
        Assert.Equal<ushort>([1000, 2000, 1000, 3000, 4000, 3000, 5000, 65535, 5000], Values<ushort>(reader));
        Assert.Contains("the palette's colours were turned into 3 channels of uint16: red, green and blue", reader.Format.Notes);
    }

    [Fact]
    public void OpenRead_PaletteOfBytes_StaysInBytes()
    {
        Write(new TiffBuilder.Page(3, 1, [0b0100_0000]).With(258, 1).With(262, 3).With(320, Bytes));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal<byte>([1, 2, 1, 3, 4, 3, 0, 255, 0], Values<byte>(reader));
    }

    [Fact]
    public void OpenRead_GreyPalette_IsOneChannel()
    {
        Write(new TiffBuilder.Page(3, 1, [0b0100_0000]).With(258, 1).With(262, 3).With(320, 0xFF00, 0x0700, 0xFF00, 0x0700, 0xFF00, 0x0700));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal<byte>([255, 7, 255], Values<byte>(reader));
    }

    [Fact]
    public void OpenRead_EachPageWithItsOwnPalette_UsesIt()
    {
        Write(
            new TiffBuilder.Page(2, 1, [0b0100_0000]).With(258, 1).With(262, 3).With(320, 0, 256, 512, 768, 1024, 1280),
            new TiffBuilder.Page(2, 1, [0b0100_0000]).With(258, 1).With(262, 3).With(320, 2560, 2816, 512, 768, 1024, 1280));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal<byte>([0, 1, 10, 11, 2, 3, 2, 3, 4, 5, 4, 5], Values<byte>(reader));
    }

    [Fact]
    public void OpenRead_PaletteInImageJ_LeavesIntensities()
    {
        // ImageJ writes a stack's lookup table as a palette.
        Write(new TiffBuilder.Page(3, 1, [0b0100_0000]) { Description = "ImageJ=1.54f\nimages=1\n" }.With(258, 1).With(262, 3).With(320, Deep));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal<byte>([0, 1, 0], Values<byte>(reader));
        Assert.Contains("values were read as intensities; the colour map is how they are shown", reader.Format.Notes);
    }

    [Fact]
    public void OpenRead_PaletteWithoutColourMap_IsRefused()
    {
        Write(new TiffBuilder.Page(3, 1, [0b0100_0000]).With(258, 1).With(262, 3));
        Assert.Contains("Colormap", Refusal(At("a.tif")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "the 3 samples of each pixel were read as channels: red, green, blue")]
    [InlineData(4, "the 4 samples of each pixel were read as channels: red, green, blue and 1 more")]
    public void OpenRead_Rgb_BecomesChannelsAndSaysSo(int samples, string note)
    {
        Write(new TiffBuilder.Page(2, 1, [.. Enumerable.Range(0, 2 * samples).Select(i => (byte)i)])
            .With(258, [.. Enumerable.Repeat(8L, samples)]).With(262, 2).With(277, samples));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(1, samples, 1, 1, 2), reader.Info.Shape);
        Assert.Equal(Enumerable.Range(0, samples).SelectMany(c => new[] { (byte)c, (byte)(c + samples) }), Values<byte>(reader));
        Assert.Contains(note, reader.Format.Notes);
    }

    [Theory]
    [InlineData(8, 1, new uint[] { 0, 10, 255 }, new uint[] { 255, 245, 0 })]
    [InlineData(16, 1, new uint[] { 0, 10, 65535 }, new uint[] { 65535, 65525, 0 })]
    [InlineData(32, 1, new uint[] { 0, 10, 4294967295 }, new uint[] { 4294967295, 4294967285, 0 })]
    [InlineData(32, 2, new uint[] { 0, 10, 20 }, new uint[] { 0, 10, 20 })]
    public void OpenRead_ZeroIsWhite_InvertsUnsignedSamples(int bits, int format, uint[] stored, uint[] expected)
    {
        var builder = new TiffBuilder();
        builder.Add(new TiffBuilder.Page(3, 1, builder.Samples(bits / 8, [.. stored.Select(value => (ulong)value)])).With(258, bits).With(262, 0).With(339, format));
        builder.Write(At("a.tif"));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(expected, bits == 8 ? Values<byte>(reader).Select(value => (uint)value) : bits == 16 ? Values<ushort>(reader).Select(value => (uint)value) : Values<uint>(reader));
        Assert.Contains(reader.Format.Notes, note => note.Contains(format == 1 ? "were inverted" : "as they are", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenRead_UncompressedYCbCr_BecomesRedGreenBlue(bool isTiled)
    {
        // BT.601, full range: Y 76, Cb 85, Cr 255 is red (254, 0, 0); Y 150, Cb 44, Cr 21 is green (0, 255, 1).
        // The first row is red, all others are green.
        const int Side = 32;
        var data = new byte[Side * Side * 3];
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            ((byte[])(pixel < Side ? [76, 85, 255] : [150, 44, 21])).CopyTo(data, 3 * pixel);
        }

        var page = new TiffBuilder.Page(Side, Side, data).With(258, 8, 8, 8).With(262, 6).With(277, 3).With(530, 1, 1);
        Write(isTiled ? page.With(322, Side).With(323, Side) : page.With(278, Side));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(1, 3, 1, Side, Side), reader.Info.Shape);
        var values = Values<byte>(reader);
        (int First, int Later)[] expected = [(254, 0), (0, 255), (0, 1)];
        Assert.All(Enumerable.Range(0, values.Length), i =>
        {
            var colour = expected[i / (Side * Side)];
            var wanted = i % (Side * Side) < Side ? colour.First : colour.Later;
            Assert.InRange(values[i], wanted - 2, wanted + 2);
        });
        Assert.Contains("colours in YCBCR were turned into 3 channels of 8 bits: red, green and blue", reader.Format.Notes);
    }

    [Fact]
    public void OpenRead_ColourSpaceThatIsNotKnown_IsRefused()
    {
        Write(new TiffBuilder.Page(1, 1, new byte[3]).With(258, 8, 8, 8).With(262, 10).With(277, 3));
        Assert.Contains("colour space ITULAB", Refusal(At("a.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_CompressionThatIsNotKnown_IsRefused()
    {
        Write(new TiffBuilder.Page(1, 1, new byte[3]).With(259, 34712));
        Assert.Contains("the compression 34712 (JP2000); accepted: none, LZW", Refusal(At("a.tif")).Message, StringComparison.Ordinal);
    }

    private void Write(params TiffBuilder.Page[] pages)
    {
        var builder = new TiffBuilder();
        foreach (var page in pages)
        {
            builder.Add(page);
        }

        builder.Write(At("a.tif"));
    }
}
