using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Movies whose motion is known.</summary>
internal static class ShiftedMovie
{
    /// <summary>A random scene, seen through a window of 64×64 px that moves by whole pixels.</summary>
    /// <param name="shifts">By how much the content of each frame has moved.</param>
    public static MemoryVolume Create(params (int Y, int X)[] shifts)
    {
        var scene = Volumes.Random(new VolumeInfo(new VolumeShape(1, 80, 80), PixelType.UInt16));
        var movie = new MemoryVolume(new VolumeInfo(new VolumeShape(shifts.Length, 1, 1, 64, 64), PixelType.UInt16));
        for (var t = 0; t < shifts.Length; t++)
        {
            for (var y = 0; y < 64; y++)
            {
                scene.Plane(0).Slice((((y + 8 - shifts[t].Y) * 80) + 8 - shifts[t].X) * 2, 128).CopyTo(movie.Plane(t)[(y * 128)..]);
            }
        }

        return movie;
    }
}
