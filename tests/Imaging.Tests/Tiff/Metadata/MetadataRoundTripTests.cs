namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class MetadataRoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-meta-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.tif", TiffCompression.None, false)]
    [InlineData("a.tif", TiffCompression.None, true)]
    [InlineData("a.tif", TiffCompression.Deflate, false)]
    [InlineData("a.tif", TiffCompression.Zstd, true)]
    [InlineData("a.ome.tif", TiffCompression.None, false)]
    [InlineData("a.ome.tif", TiffCompression.Deflate, true)]
    public void WriteAndRead_FullMetadata_IsTheSame(string name, TiffCompression compression, bool bigTiff)
    {
        foreach (var shape in new[] { new VolumeShape(2, 2, 3, 4, 5), new VolumeShape(3, 4, 5), new VolumeShape(1, 4, 5) })
        {
            var metadata = MetadataSamples.Full(shape);
            var path = MetadataSamples.Write(_folder, name, new VolumeInfo(shape, PixelType.UInt16), new TiffWriteOptions
            {
                Metadata = metadata, Compression = compression, BigTiffThresholdBytes = bigTiff ? 0 : long.MaxValue,
            });
            var read = MetadataSamples.Read(path);
            MetadataSamples.AssertSame(metadata, read);
            if (name == "a.tif")
            {
                Assert.Equal(metadata.DescriptionLines, read.DescriptionLines);
            }
        }
    }

    [Fact]
    public void Complete_MetadataSetAfterThePixels_IsWhatTheFileTells()
    {
        var path = Path.Combine(_folder, "a.tif");
        using (var writer = VolumeFile.Create(path, new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8)))
        {
            writer.WriteRows(0, 0, 1, [1]);
            writer.Metadata = writer.Metadata with { Info = "late" };
            writer.Complete();
        }

        Assert.Equal("late", MetadataSamples.Read(path).Info);
    }

    [Fact]
    public void Write_ChannelNamesToImageJ_BecomeLabelsAndComeBackAsNamesInOme()
    {
        var info = new VolumeInfo(new VolumeShape(2, 2, 3, 2, 2), PixelType.UInt8) { ChannelNames = ["DAPI", "GFP"] };
        var metadata = MetadataSamples.Read(MetadataSamples.Write(_folder, "a.tif", info, new TiffWriteOptions()));
        Assert.Equal(12, metadata.SliceLabels.Count);
        Assert.Equal(["DAPI", "DAPI", "DAPI", "GFP", "GFP", "GFP"], metadata.SliceLabels.Take(6));
        var ome = MetadataSamples.Write(_folder, "b.ome.tif", info with { ChannelNames = [] }, new TiffWriteOptions { Metadata = metadata });
        using var reader = VolumeFile.OpenRead(ome);
        Assert.Equal(["DAPI", "GFP"], reader.Info.ChannelNames);
    }

    [Fact]
    public void Read_LabelsOfAnImageJHyperstack_BelongToTheirPlanes()
    {
        // In the file, channels are fastest; planes are numbered with slices fastest.
        var shape = new VolumeShape(1, 2, 2, 1, 1);
        var path = MetadataSamples.Write(_folder, "a.tif", new VolumeInfo(shape, PixelType.UInt8),
            new TiffWriteOptions { Metadata = new ImageMetadata { SliceLabels = ["c0 z0", "c0 z1", "c1 z0", "c1 z1"] } });
        using var stream = File.OpenRead(path);
        var directory = RawDirectory.ReadFirst(stream)!;
        var values = ImageJBlock.Split(directory.Integers(50838), directory.Value(50839), directory.IsBigEndian)!;
        Assert.Equal(["c0 z0", "c1 z0", "c0 z1", "c1 z1"], values.Select(value => System.Text.Encoding.Unicode.GetString(value.Value)));
    }

    [Theory]
    [InlineData(TiffFlavour.Plain)]
    [InlineData(TiffFlavour.ImageJ)]
    public void Write_FlavourGiven_IsThatOfTheFileWhateverItsName(TiffFlavour flavour)
    {
        var path = MetadataSamples.Write(_folder, "a.ome.tif", new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8), new TiffWriteOptions { Flavour = flavour });
        using var reader = VolumeFile.OpenRead(path);
        Assert.Equal(flavour, reader.Format.Flavour);
    }
}
