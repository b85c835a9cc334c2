namespace InferenceBridge.Interop;

/// <summary>Volumes in files that ImageJ and the SDK both read.</summary>
internal static class Files
{
    /// <summary>Writes seeded random values from 0 to 249, which fit every pixel type.</summary>
    public static string WriteRandom(string path, VolumeShape shape, PixelType type, int seed = 1)
    {
        var info = new VolumeInfo(shape, type)
        {
            Calibration = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.35, Unit = "micron", FrameInterval = 1.5 },
        };
        var random = new Random(seed);
        var values = new float[shape.PlaneElementCount];
        var bytes = new byte[info.PlaneBytes];
        using var writer = VolumeFile.Create(path, info);
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(250);
            }

            PixelConverter.FromSingle(values, type, bytes);
            writer.WriteRows(plane, 0, shape.Height, bytes);
        }

        writer.Complete();
        return path;
    }

    public static MemoryVolume Read(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        return MemoryVolume.From(reader);
    }

    public static void AssertSamePixels(MemoryVolume expected, MemoryVolume actual)
    {
        Assert.Equal(expected.Info.Shape, actual.Info.Shape);
        Assert.Equal(expected.Info.PixelType, actual.Info.PixelType);
        for (long plane = 0; plane < expected.Info.Shape.PlaneCount; plane++)
        {
            Assert.True(expected.Plane(plane).Span.SequenceEqual(actual.Plane(plane).Span), $"plane {plane}");
        }
    }
}
