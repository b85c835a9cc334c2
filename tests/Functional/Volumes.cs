using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Volumes for tests.</summary>
internal static class Volumes
{
    /// <summary>Seeded random values from 0 to 99, which fit every pixel type exactly.</summary>
    public static MemoryVolume Random(VolumeInfo info, int seed = 1)
    {
        var random = new Random(seed);
        var volume = new MemoryVolume(info);
        var values = new float[info.Shape.PlaneElementCount];
        for (long plane = 0; plane < info.Shape.PlaneCount; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(100);
            }

            PixelConverter.FromSingle(values, info.PixelType, volume.Plane(plane).Span);
        }

        return volume;
    }

    public static void AssertSame(MemoryVolume expected, MemoryVolume actual)
    {
        Assert.Equal(expected.Info.Shape, actual.Info.Shape);
        Assert.Equal(expected.Info.PixelType, actual.Info.PixelType);
        for (long plane = 0; plane < expected.Info.Shape.PlaneCount; plane++)
        {
            Assert.True(expected.Plane(plane).Span.SequenceEqual(actual.Plane(plane).Span), $"plane {plane}");
        }
    }
}
