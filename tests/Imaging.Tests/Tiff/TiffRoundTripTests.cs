using System.Buffers.Binary;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>What is written comes back: pixels, axes and calibration.</summary>
public sealed class TiffRoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-tiff-").FullName;

    public static TheoryData<PixelType, string> Kinds
    {
        get
        {
            var data = new TheoryData<PixelType, string>();
            foreach (var type in Enum.GetValues<PixelType>())
            {
                data.Add(type, "a.tif");
                data.Add(type, "a.ome.tif");
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WriteAndRead_EveryPixelType_GivesTheSameBytes(PixelType type, string name)
    {
        var volume = Numbered(new VolumeInfo(new VolumeShape(2, 3, 4, 5, 7), type));
        var read = RoundTrip(volume, name);
        Assert.Equal(volume.Info.Shape, read.Info.Shape);
        Assert.Equal(type, read.Info.PixelType);
        AssertSamePixels(volume, read);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(1, 1, 13, 1, 3)]
    [InlineData(7, 1, 1, 2, 2)]
    [InlineData(1, 5, 1, 2, 2)]
    [InlineData(3, 2, 1, 2, 2)]
    [InlineData(1, 2, 3, 4, 5)]
    public void WriteAndRead_EveryAxis_KeepsItsPlace(int t, int c, int z, int y, int x)
    {
        var volume = Numbered(new VolumeInfo(new VolumeShape(t, c, z, y, x), PixelType.UInt16));
        foreach (var name in new[] { "a.tif", "a.ome.tif" })
        {
            var read = RoundTrip(volume, name);
            Assert.Equal(volume.Info.Shape, read.Info.Shape);
            AssertSamePixels(volume, read);
        }
    }

    [Fact]
    public void Write_ImageJWithChannelsAndSlices_StoresChannelsFastest()
    {
        var volume = Numbered(new VolumeInfo(new VolumeShape(1, 2, 3, 1, 1), PixelType.UInt16));
        RoundTrip(volume, "a.tif");

        // Read as plain pages: the description's axes are what reorders them.
        using var tiff = BitMiracle.LibTiff.Classic.Tiff.Open(Path.Combine(_folder, "a.tif"), "r")!;
        var pages = new List<int>();
        do
        {
            var pixel = new byte[2];
            tiff.ReadEncodedStrip(0, pixel, 0, 2);
            pages.Add(BinaryPrimitives.ReadUInt16LittleEndian(pixel));
        }
        while (tiff.ReadDirectory());
        Assert.Equal([0, 3, 1, 4, 2, 5], pages);
    }

    [Theory]
    [InlineData("a.tif", "micron")]
    [InlineData("a.tif", "µm")]
    [InlineData("a.ome.tif", "µm")]
    [InlineData("a.ome.tif", "nm")]
    public void WriteAndRead_Calibration_IsKept(string name, string unit)
    {
        var calibration = new Calibration
        {
            VoxelWidth = 0.0645,
            VoxelHeight = 0.065,
            VoxelDepth = 0.3,
            Unit = unit,
            FrameInterval = 2.5,
            TimeUnit = name == "a.tif" ? "sec" : "s",
        };
        var read = RoundTrip(Numbered(new VolumeInfo(new VolumeShape(2, 1, 2, 3, 3), PixelType.UInt8) { Calibration = calibration }), name).Info.Calibration;
        Assert.Equal(0.0645, read.VoxelWidth, 1e-15);
        Assert.Equal(0.065, read.VoxelHeight, 1e-15);
        Assert.Equal(0.3, read.VoxelDepth);
        Assert.Equal(unit, read.Unit);
        Assert.Equal(2.5, read.FrameInterval);
        Assert.Equal(calibration.TimeUnit, read.TimeUnit);
    }

    [Fact]
    public void WriteAndRead_ChannelNamesInOme_AreKept()
    {
        var info = new VolumeInfo(new VolumeShape(1, 2, 1, 2, 2), PixelType.UInt8) { ChannelNames = ["DAPI", "Ångström & <co>"] };
        Assert.Equal(info.ChannelNames, RoundTrip(Numbered(info), "a.ome.tif").Info.ChannelNames);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(long.MaxValue, false)]
    public void Write_AboveTheThreshold_MakesABigTiff(long threshold, bool expected)
    {
        var volume = Numbered(new VolumeInfo(new VolumeShape(2, 3, 4), PixelType.UInt16));
        var path = Path.Combine(_folder, "big.tif");
        Write(volume, path, new TiffWriteOptions { BigTiffThresholdBytes = threshold });
        using var reader = VolumeFile.OpenRead(path);
        Assert.Equal(expected, reader.Format.IsBigTiff);
        AssertSamePixels(volume, MemoryVolume.From(reader));
    }

    [Fact]
    public void Write_PlaneLargerThanAStrip_ReadsBackInAnyOrderOfRows()
    {
        // 3 strips of 8 MiB, the last one short.
        var volume = Numbered(new VolumeInfo(new VolumeShape(1, 2200, 2048), PixelType.Float32));
        var path = Path.Combine(_folder, "large.tif");
        Write(volume, path, new TiffWriteOptions());
        using var reader = VolumeFile.OpenRead(path);
        var rows = new byte[3 * 2048 * 4];
        foreach (var first in new[] { 2197, 0, 1023, 1022 })
        {
            reader.ReadRows(0, first, 3, rows);
            Assert.True(volume.Plane(0).Span.Slice(first * 2048 * 4, rows.Length).SequenceEqual(rows));
        }
    }

    internal static MemoryVolume Numbered(VolumeInfo info)
    {
        // Every pixel differs from its neighbours in all axes, and fits every type.
        var volume = new MemoryVolume(info);
        var values = new float[info.Shape.PlaneElementCount];
        for (long plane = 0; plane < info.Shape.PlaneCount; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (plane + (i * 31)) % 127;
            }

            PixelConverter.FromSingle(values, info.PixelType, volume.Plane(plane).Span);
        }

        return volume;
    }

    private static void Write(MemoryVolume volume, string path, TiffWriteOptions options)
    {
        using var writer = VolumeFile.Create(path, volume.Info, options);
        for (long plane = 0; plane < volume.Info.Shape.PlaneCount; plane++)
        {
            writer.WriteRows(plane, 0, volume.Info.Shape.Height, volume.Plane(plane).Span);
        }

        writer.Complete();
    }

    private static void AssertSamePixels(MemoryVolume expected, MemoryVolume actual)
    {
        for (long plane = 0; plane < expected.Info.Shape.PlaneCount; plane++)
        {
            Assert.True(expected.Plane(plane).Span.SequenceEqual(actual.Plane(plane).Span), $"plane {plane}");
        }
    }

    private MemoryVolume RoundTrip(MemoryVolume volume, string name)
    {
        var path = Path.Combine(_folder, name);
        Write(volume, path, new TiffWriteOptions());
        using var reader = VolumeFile.OpenRead(path);
        return MemoryVolume.From(reader);
    }
}
