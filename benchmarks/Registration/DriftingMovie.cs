using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>A movie of simulated tubules under a window that drifts, with shot noise: what an instrument sends.</summary>
internal static class DriftingMovie
{
    private const int Margin = 16;
    private const double Photons = 100;

    // Of uint16: as a camera with a gain of a few units a photon.
    private const double Gain = 20;

    /// <summary>Makes a movie in uint16.</summary>
    /// <param name="frames">Frames.</param>
    /// <param name="side">Rows and columns.</param>
    public static MemoryVolume Create(int frames, int side)
    {
        var wide = side + (2 * Margin);
        var scene = TestImage.Create(new VolumeShape(1, wide, wide)).ToSingles();
        var movie = new MemoryVolume(new VolumeInfo(new VolumeShape(frames, 1, 1, side, side), PixelType.UInt16));
        var random = new SeededRandom(7);
        var values = new float[side * side];
        var (y, x) = (0, 0);
        for (var t = 0; t < frames; t++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(Gain * random.NextPoisson(Photons * scene[((Margin + y + (i / side)) * wide) + Margin + x + (i % side)]));
            }

            PixelConverter.FromSingle(values, PixelType.UInt16, movie.Plane(t).Span);
            (y, x) = (Math.Clamp(y + random.NextIndex(3) - 1, -Margin, Margin), Math.Clamp(x + random.NextIndex(3) - 1, -Margin, Margin));
        }

        return movie;
    }
}
