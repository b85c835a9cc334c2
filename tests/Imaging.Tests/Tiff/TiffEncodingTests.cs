using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>The ways to store the same pixels: byte order, BigTIFF, strips or tiles, sample order, compression, predictor.</summary>
public sealed class TiffEncodingTests : TiffTestFolder
{
    private const int Width = 70, Height = 37, Channels = 3;

    public static TheoryData<string, bool, bool, Compression, int> Encodings
    {
        get
        {
            var data = new TheoryData<string, bool, bool, Compression, int>();
            foreach (var mode in new[] { "wl", "wb", "wl8", "wb8" })
            {
                foreach (var isTiled in new[] { false, true })
                {
                    foreach (var isPlanar in new[] { false, true })
                    {
                        data.Add(mode, isTiled, isPlanar, Compression.NONE, 1);
                        data.Add(mode, isTiled, isPlanar, Compression.PACKBITS, 1);
                        foreach (var predictor in new[] { 1, 2 })
                        {
                            data.Add(mode, isTiled, isPlanar, Compression.LZW, predictor);
                            data.Add(mode, isTiled, isPlanar, Compression.ADOBE_DEFLATE, predictor);
                            data.Add(mode, isTiled, isPlanar, (Compression)50000 /* zstd */, predictor);
                        }
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void OpenRead_EveryEncoding_GivesTheSamePixels(string mode, bool isTiled, bool isPlanar, Compression compression, int predictor)
    {
        Write(mode, isTiled, isPlanar, compression, predictor, SampleFormat.UINT, 2, value => BitConverter.GetBytes((ushort)value));
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(1, Channels, 1, Height, Width), reader.Info.Shape);
        Assert.Equal(PixelType.UInt16, reader.Info.PixelType);
        Assert.Equal((mode.Contains('b', StringComparison.Ordinal), mode.EndsWith('8'), isTiled), (reader.Format.IsBigEndian, reader.Format.IsBigTiff, reader.Format.IsTiled));
        var values = Values<ushort>(reader);
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(Value(i / (Width * Height), i / Width % Height, i % Width), values[i]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void OpenRead_FloatingPointPredictor_GivesTheSamePixels(int bytes)
    {
        // libtiff writes it in the machine's byte order alone; the real files have both.
        Write("wl", isTiled: true, isPlanar: false, Compression.ADOBE_DEFLATE, 3, SampleFormat.IEEEFP, bytes, value => bytes switch
        {
            2 => BitConverter.GetBytes((Half)(value / 4.0)),
            4 => BitConverter.GetBytes((float)(value / 4.0)),
            _ => BitConverter.GetBytes(value / 4.0),
        });
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(bytes == 8 ? PixelType.Float64 : PixelType.Float32, reader.Info.PixelType);
        var values = bytes == 8 ? Values<double>(reader) : [.. Values<float>(reader).Select(value => (double)value)];

        // Half precision holds 11 bits: quarters up to 512 are exact.
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(Value(i / (Width * Height), i / Width % Height, i % Width) / 4.0, values[i]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenRead_Jpeg_ComesAsRedGreenBlue(bool isTiled)
    {
        // One colour in the whole picture survives JPEG but for rounding. Red 200, green 100, blue 50, as YCbCr by BT.601.
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(At("a.tif"), "w")!)
        {
            SetTags(tiff, isTiled, isPlanar: false, Compression.JPEG, 1, SampleFormat.UINT, 1);
            tiff.SetField(TiffTag.PHOTOMETRIC, (int)Photometric.YCBCR);
            tiff.SetField(TiffTag.JPEGCOLORMODE, 1);
            tiff.SetField(TiffTag.JPEGQUALITY, 100);
            var bytes = isTiled ? tiff.TileSize() : tiff.StripSize();
            var data = Enumerable.Range(0, bytes).Select(i => (byte)(200 >> (i % 3))).ToArray();
            for (var block = 0; block < (isTiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips()); block++)
            {
                Assert.True(isTiled ? tiff.WriteEncodedTile(block, data, bytes) : tiff.WriteEncodedStrip(block, data, BytesOfStrip(block, Width * Channels)));
            }
        }

        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal("jpeg", reader.Format.Compression);
        var values = Values<byte>(reader);
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.InRange(values[i], (200 >> (i / (Width * Height))) - 2, (200 >> (i / (Width * Height))) + 2));
    }

    private static ushort Value(int channel, int y, int x) => (ushort)((channel * 500) + ((y * 13) + (x * 7)) % 499);

    private static int BytesOfStrip(int strip, int rowBytes) => Math.Min(16, Height - (strip * 16)) * rowBytes;

    private static void SetTags(BitMiracle.LibTiff.Classic.Tiff tiff, bool isTiled, bool isPlanar, Compression compression, int predictor, SampleFormat format, int bytes)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, Width);
        tiff.SetField(TiffTag.IMAGELENGTH, Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 8 * bytes);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, Channels);
        tiff.SetField(TiffTag.SAMPLEFORMAT, (int)format);
        tiff.SetField(TiffTag.PHOTOMETRIC, (int)Photometric.RGB);
        tiff.SetField(TiffTag.PLANARCONFIG, (int)(isPlanar ? PlanarConfig.SEPARATE : PlanarConfig.CONTIG));
        tiff.SetField(TiffTag.COMPRESSION, (int)compression);
        if (predictor > 1)
        {
            tiff.SetField(TiffTag.PREDICTOR, predictor);
        }

        if (isTiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, 32);
            tiff.SetField(TiffTag.TILELENGTH, 16);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, 16);
        }
    }

    // Blocks of 16 rows: strips of the whole width, or tiles of 32 columns.
    private void Write(string mode, bool isTiled, bool isPlanar, Compression compression, int predictor, SampleFormat format, int bytes, Func<int, byte[]> encode)
    {
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(At("a.tif"), mode)!;
        SetTags(tiff, isTiled, isPlanar, compression, predictor, format, bytes);
        var columns = isTiled ? 32 : Width;
        for (var plane = 0; plane < (isPlanar ? Channels : 1); plane++)
        {
            for (var top = 0; top < Height; top += 16)
            {
                for (var left = 0; left < Width; left += columns)
                {
                    var rows = isTiled ? 16 : Math.Min(16, Height - top);
                    var data = new List<byte>();
                    for (var i = 0; i < rows * columns * (isPlanar ? 1 : Channels); i++)
                    {
                        var (pixel, sample) = isPlanar ? (i, plane) : Math.DivRem(i, Channels);
                        data.AddRange(encode(Value(sample, Math.Min(Height - 1, top + (pixel / columns)), Math.Min(Width - 1, left + (pixel % columns)))));
                    }

                    Assert.True(isTiled
                        ? tiff.WriteEncodedTile(tiff.ComputeTile(left, top, 0, (short)plane), [.. data], data.Count)
                        : tiff.WriteEncodedStrip(tiff.ComputeStrip(top, (short)plane), [.. data], data.Count));
                }
            }
        }
    }
}
