using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class CompressionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-compression-").FullName;

    public static TheoryData<PixelType, TiffCompression, string> Kinds => new(
        from type in Enum.GetValues<PixelType>()
        from compression in new[] { TiffCompression.Deflate, TiffCompression.Zstd }
        from name in new[] { "a.tif", "a.ome.tif" }
        select (type, compression, name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WriteAndRead_Compressed_GivesTheSamePixels(PixelType type, TiffCompression compression, string name)
    {
        var info = new VolumeInfo(new VolumeShape(2, 2, 3, 41, 57), type);
        var path = MetadataSamples.Write(_folder, name, info, new TiffWriteOptions { Compression = compression });
        using var reader = VolumeFile.OpenRead(path);
        Assert.Equal(compression.ToString().ToLowerInvariant(), reader.Format.Compression);
        var (expected, actual) = (TiffRoundTripTests.Numbered(info), MemoryVolume.From(reader));
        for (var plane = 0; plane < 12; plane++)
        {
            Assert.True(expected.Plane(plane).Span.SequenceEqual(actual.Plane(plane).Span));
        }
    }

    [Theory]
    [InlineData(PixelType.UInt16, TiffCompression.Zstd, "a.tif", Predictor.HORIZONTAL)]
    [InlineData(PixelType.Float32, TiffCompression.Zstd, "a.tif", Predictor.FLOATINGPOINT)]
    [InlineData(PixelType.Float64, TiffCompression.Zstd, "a.tif", Predictor.FLOATINGPOINT)]
    [InlineData(PixelType.Int32, TiffCompression.Deflate, "a.ome.tif", Predictor.HORIZONTAL)]
    [InlineData(PixelType.Float32, TiffCompression.Deflate, "a.ome.tif", Predictor.NONE)]
    [InlineData(PixelType.UInt16, TiffCompression.Deflate, "a.tif", Predictor.NONE)] // ImageJ reads none
    public void Write_SmoothImage_UsesThePredictorThatItsReadersKnow(PixelType type, TiffCompression compression, string name, Predictor expected)
    {
        var path = Write(type, compression, name, (x, y) => 1000 + (x * 7) + (y * 3));
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(path, "r")!;
        Assert.Equal((int)expected, tiff.GetFieldDefaulted(TiffTag.PREDICTOR)![0].ToInt());
    }

    [Fact]
    public void Write_ImageThatAPredictorDoesNotHelp_GoesWithout()
    {
        // Two values in a random order: differences have three.
        var bits = ReferenceData.Noise(1, 64 * 128, 2);
        var path = Write(PixelType.UInt16, TiffCompression.Zstd, "a.tif", (x, y) => 65535 * bits[x + (128 * y)]);
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(path, "r")!;
        Assert.Equal((int)Predictor.NONE, tiff.GetFieldDefaulted(TiffTag.PREDICTOR)![0].ToInt());
    }

    [Fact]
    public void Write_UncompressedStack_LiesWithoutGapsAsImageJReadsIt()
    {
        // Strips of 8 MiB: two a page.
        var info = new VolumeInfo(new VolumeShape(1, 1, 2, 2100, 4096), PixelType.UInt8);
        var path = MetadataSamples.Write(_folder, "a.tif", info, new TiffWriteOptions());
        using var stream = File.OpenRead(path);
        var offsets = RawDirectory.ReadFirst(stream)!.Integers(273)!;
        Assert.Equal([16, 16 + (8 << 20)], offsets.Select(offset => (int)offset));
        var volume = TiffRoundTripTests.Numbered(info);
        var bytes = new byte[2 * info.PlaneBytes];
        stream.Position = 16;
        stream.ReadExactly(bytes);
        Assert.True(bytes.AsSpan(0, (int)info.PlaneBytes).SequenceEqual(volume.Plane(0).Span));
        Assert.True(bytes.AsSpan((int)info.PlaneBytes).SequenceEqual(volume.Plane(1).Span));
        using var reader = VolumeFile.OpenRead(path);
        Assert.True(MemoryVolume.From(reader).Plane(1).Span.SequenceEqual(volume.Plane(1).Span));
    }

    [Theory]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.Zstd)]
    public void Write_StackWithALut_GivesEveryPageTheColourMap(TiffCompression compression)
    {
        // ImageJ 1.53t takes 8-bit pages with and without a colour map for images of two kinds, and opens the first one alone.
        var info = new VolumeInfo(new VolumeShape(3, 5, 7), PixelType.UInt8);
        var metadata = new ImageMetadata { Luts = [MetadataSamples.Fire] };
        var path = MetadataSamples.Write(_folder, "a.tif", info, new TiffWriteOptions { Compression = compression, Metadata = metadata });
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(path, "r")!;
        for (short page = 0; page < 3; page++)
        {
            Assert.True(tiff.SetDirectory(page));
            var reds = tiff.GetField(TiffTag.COLORMAP)![0].ToShortArray()!;
            var blues = tiff.GetField(TiffTag.COLORMAP)![2].ToShortArray()!;

            // Fire's reds are 0 to 255, its blues run down from 255.
            Assert.Equal((0, 0x0101, -1), (reds[0], reds[1], reds[255]));
            Assert.Equal((-1, 0), (blues[0], blues[255]));
        }

        Assert.Equal([MetadataSamples.Fire], MetadataSamples.Read(path).Luts);
        using var reader = VolumeFile.OpenRead(path);
        Assert.Equal((info.Shape, PixelType.UInt8), (reader.Info.Shape, reader.Info.PixelType));
    }

    [Fact]
    public void Create_CompressionThatDoesNotExist_IsRefusedAndLeavesNothing()
    {
        var error = Assert.Throws<InferenceException>(() => Write(PixelType.UInt8, (TiffCompression)9, "a.tif", (_, _) => 0));
        Assert.Equal((InferenceError.UsageInvalid, "compression"), (error.Error, error.Field));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private string Write(PixelType type, TiffCompression compression, string name, Func<int, int, float> value)
    {
        var path = Path.Combine(_folder, name);
        var shape = new VolumeShape(1, 64, 128);
        var values = Enumerable.Range(0, 64 * 128).Select(i => value(i % 128, i / 128)).ToArray();
        var bytes = new byte[values.Length * type.BytesPerPixel()];
        PixelConverter.FromSingle(values, type, bytes);
        using var writer = VolumeFile.Create(path, new VolumeInfo(shape, type), new TiffWriteOptions { Compression = compression });
        writer.WriteRows(0, 0, 64, bytes);
        writer.Complete();
        return path;
    }
}
