using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests.Support;

internal static class Volumes
{
    /// <summary>A volume whose every pixel differs from its neighbours, also across rows and planes.</summary>
    public static MemoryVolume Ramp(VolumeShape shape, PixelType type = PixelType.UInt16, Calibration? calibration = null)
    {
        var volume = new MemoryVolume(new VolumeInfo(shape, type) { Calibration = calibration ?? Calibration.None });
        for (var plane = 0L; plane < shape.PlaneCount; plane++)
        {
            var bytes = volume.Plane(plane).Span;
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((i * 31) + (plane * 17) + (i >> 8));
            }
        }

        return volume;
    }

    public static void AssertSamePixels(MemoryVolume expected, MemoryVolume actual)
    {
        Assert.Equal(expected.Info.Shape, actual.Info.Shape);
        Assert.Equal(expected.Info.PixelType, actual.Info.PixelType);
        for (var plane = 0L; plane < expected.Info.Shape.PlaneCount; plane++)
        {
            Assert.True(expected.Plane(plane).Span.SequenceEqual(actual.Plane(plane).Span), $"Plane {plane} differs.");
        }
    }
}
