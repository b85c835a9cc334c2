using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Images with structure everywhere: waves of random phases whose amplitudes fall as a power of their frequency, as those of natural scenes do
/// (Field, J. Opt. Soc. Am. A 4, 1987), up to a limit of resolution; the exponential of them, so that there is less bright than dark.
/// </summary>
internal static class Texture
{
    private const int Side = 256;
    private const double LowestFrequency = 0.01;
    private const double BrightestPart = 0.998;

    // Apart from the streams of batches.
    private const ulong Stream = 0x7E87;

    /// <summary>Makes textures of 256 × 256 px.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same textures.</param>
    public static CleanImage[] Create(int count, ulong seed) =>
        [.. Enumerable.Range(0, count).Select(i => new CleanImage($"texture {i}", Side, Side, Draw(new SeededRandom(seed, Stream + (ulong)i))))];

    private static float[] Draw(SeededRandom random)
    {
        var (power, limit, skew) = (random.NextUniform(0.6, 1.8), random.NextUniform(0.1, 0.35), random.NextUniform(0.2, 0.9));

        // White noise, whose waves get their amplitudes.
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var amplitudes = new float[Side * ((Side / 2) + 1)];
        for (var i = 0; i < amplitudes.Length; i++)
        {
            var (row, column) = Math.DivRem(i, (Side / 2) + 1);
            var frequency = Math.Sqrt(Square((row < Side / 2 ? row : row - Side) / (double)Side) + Square(column / (double)Side));
            amplitudes[i] = i == 0 ? 0 : (float)(Math.Pow(frequency + LowestFrequency, -power) * Math.Exp(-Square(frequency / limit)));
        }

        var noise = new float[Side * Side];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)random.NextGaussian();
        }

        var filtered = fft.irfft2(fft.rfft2(tensor(noise, [Side, Side])) * tensor(amplitudes, [Side, (Side / 2) + 1]), [Side, Side]);
        var light = (filtered * (skew / filtered.std().item<float>())).exp().contiguous().data<float>().ToArray();
        var brightest = light.Order().ElementAt((int)(BrightestPart * (light.Length - 1)));
        return Array.ConvertAll(light, value => Math.Min(1, value / brightest));
    }

    private static double Square(double value) => value * value;
}
