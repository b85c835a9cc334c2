using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>A clean image, itself moved by a known field, and where each of its pixels has gone.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Reference">The image, from 0 to about 1, X fastest.</param>
/// <param name="Moved">The moved image, without noise.</param>
/// <param name="Y">Displacements of the reference's pixels along y, in px.</param>
/// <param name="X">Likewise along x.</param>
internal sealed record WarpedImage(int Height, int Width, float[] Reference, float[] Moved, float[] Y, float[] X)
{
    private const double Brightest = 0.999;

    /// <summary>Moves an image by a random field.</summary>
    /// <param name="image">Any unit; X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="random">Random numbers.</param>
    public static WarpedImage Create(float[] image, int height, int width, SeededRandom random)
    {
        var field = new SyntheticField(height, width, random);
        var (low, high) = (image.Min(), image.Order().ElementAt((int)(Brightest * (image.Length - 1))));
        var reference = Array.ConvertAll(image, value => (value - low) / (high - low));
        var (moved, y, x) = (new float[image.Length], new float[image.Length], new float[image.Length]);
        Parallel.For(0, height, row =>
        {
            for (var column = 0; column < width; column++)
            {
                var i = (row * width) + column;
                var (dy, dx) = field.At(row, column);
                moved[i] = Math.Max(0, Cubic.At(reference, height, width, row - dy, column - dx));
                var (forwardY, forwardX) = field.Forward(row, column);
                (y[i], x[i]) = ((float)forwardY, (float)forwardX);
            }
        });
        return new WarpedImage(height, width, reference, moved, y, x);
    }

    /// <summary>The moved image with shot noise.</summary>
    /// <param name="photons">Photons at a value of 1.</param>
    /// <param name="random">Random numbers.</param>
    public float[] Noisy(double photons, SeededRandom random) => Array.ConvertAll(Moved, value => (float)(random.NextPoisson(photons * value) / photons));
}
