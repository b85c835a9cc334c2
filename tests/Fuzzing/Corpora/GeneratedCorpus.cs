using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Fuzzing.Corpora;

/// <summary>Small files that the project writes itself: every flavour, and the encodings that microscopes use.</summary>
internal static class GeneratedCorpus
{
    private static readonly (Compression Compression, string Name)[] Compressions =
    [
        (Compression.NONE, "none"), (Compression.PACKBITS, "packbits"), (Compression.LZW, "lzw"), (Compression.ADOBE_DEFLATE, "deflate"),
        ((Compression)50000, "zstd"), (Compression.JPEG, "jpeg"),
    ];

    /// <summary>Writes the files and reads them back; always the same bytes.</summary>
    public static List<(string Name, byte[] Bytes)> Write()
    {
        var folder = Directory.CreateTempSubdirectory("ib-corpus-").FullName;
        try
        {
            Volumes(folder);
            foreach (var (compression, name) in Compressions)
            {
                foreach (var mode in new[] { "wl", "wb", "w8l" })
                {
                    Image(Path.Combine(folder, $"strips-{name}-{mode}.tif"), mode, new ImageKind(compression, 16));
                    Image(Path.Combine(folder, $"tiles-{name}-{mode}.tif"), mode, new ImageKind(compression, 16) { Tiled = true });
                }

                Image(Path.Combine(folder, $"rgb-{name}.tif"), "wl", new ImageKind(compression, 8) { Samples = 3 });
                Image(Path.Combine(folder, $"planar-{name}.tif"), "wb", new ImageKind(compression, 8) { Samples = 3, Planar = true });
            }

            foreach (var bits in new[] { 1, 4, 12, 32 })
            {
                Image(Path.Combine(folder, $"bits-{bits}.tif"), "wl", new ImageKind(Compression.NONE, bits));
            }

            foreach (var bits in new[] { 16, 32, 64 })
            {
                var kind = new ImageKind(Compression.ADOBE_DEFLATE, bits) { Format = SampleFormat.IEEEFP, Predictor = Predictor.FLOATINGPOINT };
                Image(Path.Combine(folder, $"float-{bits}.tif"), "wl", kind);
            }

            Image(Path.Combine(folder, "predictor-2.tif"), "wb", new ImageKind(Compression.LZW, 16) { Predictor = Predictor.HORIZONTAL });
            return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Volumes(string folder)
    {
        var shape = new VolumeShape(2, 2, 3, 5, 7);
        foreach (var flavour in Enum.GetValues<TiffFlavour>())
        {
            foreach (var threshold in new[] { 0L, long.MaxValue })
            {
                var options = new TiffWriteOptions { Flavour = flavour, BigTiffThresholdBytes = threshold };
                var path = Path.Combine(folder, $"volume-{flavour}-{(threshold == 0 ? "big" : "classic")}.tif");
                using var writer = VolumeFile.Create(path, new VolumeInfo(shape, PixelType.UInt16)
                {
                    Calibration = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.3, Unit = "µm", FrameInterval = 2, TimeUnit = "s" },
                    ChannelNames = ["DAPI", "GFP"],
                }, options);
                for (var plane = 0; plane < shape.PlaneCount; plane++)
                {
                    writer.WriteRows(plane, 0, shape.Height, Pattern(shape.Height * shape.Width * 2));
                }

                writer.Complete();
            }
        }
    }

    private static void Image(string path, string mode, ImageKind kind)
    {
        using var tiff = Tiff.Open(path, mode) ?? throw new InvalidOperationException($"{path} cannot be written.");
        var (width, height) = (kind.Tiled || kind.Compression == Compression.JPEG ? 40 : 13, 24);
        for (var page = 0; page < 2; page++)
        {
            // JPEG has 8 bits.
            var bits = kind.Compression == Compression.JPEG ? 8 : kind.Bits;
            tiff.SetField(TiffTag.IMAGEWIDTH, width);
            tiff.SetField(TiffTag.IMAGELENGTH, height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, kind.Samples);
            tiff.SetField(TiffTag.SAMPLEFORMAT, (int)kind.Format);
            tiff.SetField(TiffTag.PLANARCONFIG, (int)(kind.Planar ? PlanarConfig.SEPARATE : PlanarConfig.CONTIG));
            tiff.SetField(TiffTag.PHOTOMETRIC, (int)(kind.Samples == 3 ? Photometric.RGB : Photometric.MINISBLACK));
            tiff.SetField(TiffTag.COMPRESSION, (int)kind.Compression);
            tiff.SetField(TiffTag.IMAGEDESCRIPTION, "ImageJ=1.54f\nimages=2\nslices=2\nunit=micron\nspacing=0.5\n");
            if (kind.Predictor != Predictor.NONE)
            {
                tiff.SetField(TiffTag.PREDICTOR, (int)kind.Predictor);
            }

            WritePixels(tiff, kind);
            if (!tiff.WriteDirectory())
            {
                throw new InvalidOperationException($"{path} cannot be written.");
            }
        }
    }

    private static void WritePixels(Tiff tiff, ImageKind kind)
    {
        if (kind.Tiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, 16);
            tiff.SetField(TiffTag.TILELENGTH, 16);
            for (var tile = 0; tile < tiff.NumberOfTiles(); tile++)
            {
                tiff.WriteEncodedTile(tile, Pattern(tiff.TileSize()), tiff.TileSize());
            }
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, 8);
            for (var strip = 0; strip < tiff.NumberOfStrips(); strip++)
            {
                tiff.WriteEncodedStrip(strip, Pattern(tiff.StripSize()), tiff.StripSize());
            }
        }
    }

    // Neither constant nor noise, so that every codec has both runs and literals.
    private static byte[] Pattern(int bytes) => [.. Enumerable.Range(0, bytes).Select(i => (byte)(i % 31 < 12 ? 7 : i * i))];

    private sealed record ImageKind(Compression Compression, int Bits)
    {
        public int Samples { get; init; } = 1;

        public bool Planar { get; init; }

        public bool Tiled { get; init; }

        public SampleFormat Format { get; init; } = SampleFormat.UINT;

        public Predictor Predictor { get; init; } = Predictor.NONE;
    }
}
