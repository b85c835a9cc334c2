using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>A camera and its lamp: photons, background, uneven illumination, shot and read noise.</summary>
public sealed record FocusCamera
{
    /// <summary>Photons that a pixel of the light's value 1 gives on average (above 0; default 300).</summary>
    public double Photons { get; init; } = 300;

    /// <summary>Even background, in units of the light (0 and above; default 0).</summary>
    public double Background { get; init; }

    /// <summary>Standard deviation of the read noise, in electrons (0 and above; default 1.5).</summary>
    public double ReadNoise { get; init; } = 1.5;

    /// <summary>Part of the light that is missing in the frame's corners (0 to 1; default 0); it grows with the square of the distance.</summary>
    public double Vignetting { get; init; }

    /// <summary>What the camera adds to every pixel, in electrons (default 100).</summary>
    public double Offset { get; init; } = 100;

    /// <summary>Exposes a frame.</summary>
    /// <param name="light">Height × width; values below 0, as rounding leaves them, count as 0.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>Electrons, not rounded.</returns>
    public float[] Expose(float[] light, int height, int width, SeededRandom random)
    {
        var frame = Illuminate(light, height, width);
        for (var i = 0; i < frame.Length; i++)
        {
            frame[i] = (float)(Offset + random.NextPoisson(Photons * (double)frame[i]) + (ReadNoise * random.NextGaussian()));
        }

        return frame;
    }

    /// <summary>What a camera without noise and offset would see: the light with its background and the vignetting.</summary>
    /// <param name="light">Height × width; values below 0 count as 0.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>In units of the light.</returns>
    internal float[] Illuminate(float[] light, int height, int width)
    {
        var seen = new float[light.Length];
        var corner = Square(0, height) + Square(0, width);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var i = (row * width) + column;
                var shade = corner > 0 ? 1 - (Vignetting * (Square(row, height) + Square(column, width)) / corner) : 1;
                seen[i] = (float)(shade * (Math.Max(0, light[i]) + Background));
            }
        }

        return seen;
    }

    private static double Square(int at, int length)
    {
        var distance = at - ((length - 1) / 2.0);
        return distance * distance;
    }
}
