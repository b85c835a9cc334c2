using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Random sharp planes of four kinds in turn: points, filaments, textures of a power law, discs and rings.</summary>
internal static class SharpPhantom
{
    /// <summary>A plane of size × size, the same for a seed and number on every machine but for rounding.</summary>
    public static SharpPlane Create(int number, int size, ulong seed)
    {
        var random = new SeededRandom(seed, (ulong)number);
        var light = new float[size * size];
        switch (number % 4)
        {
            case 0:
                Points(light, random);
                break;
            case 1:
                Filaments(light, size, random);
                break;
            case 2:
                light = Texture(size, random);
                break;
            default:
                Discs(light, size, random);
                break;
        }

        return SharpPlane.Of($"phantom {number}", size, size, Blur(light, size, random.NextUniform(0.3, 1.2)));
    }

    private static void Points(float[] light, SeededRandom random)
    {
        var count = (int)Math.Exp(random.NextUniform(Math.Log(30), Math.Log(2000)));
        for (var i = 0; i < count; i++)
        {
            light[random.NextIndex(light.Length)] += (float)Math.Exp(0.7 * random.NextGaussian());
        }
    }

    private static void Filaments(float[] light, int size, SeededRandom random)
    {
        var count = 10 + random.NextIndex(70);
        for (var i = 0; i < count; i++)
        {
            var (y, x) = (random.NextUniform(0, size), random.NextUniform(0, size));
            var (angle, bright) = (random.NextUniform(0, 2 * Math.PI), (float)random.NextUniform(0.3, 1.5));
            for (var step = 100 + random.NextIndex(700); step > 0; step--)
            {
                angle += 0.03 * random.NextGaussian();
                (y, x) = (y + Math.Sin(angle), x + Math.Cos(angle));
                light[(Wrapped(y, size) * size) + Wrapped(x, size)] += bright;
            }
        }
    }

    private static int Wrapped(double position, int size) => (((int)Math.Floor(position) % size) + size) % size;

    private static void Discs(float[] light, int size, SeededRandom random)
    {
        for (var count = 8 + random.NextIndex(52); count > 0; count--)
        {
            var (y, x, radius) = (random.NextUniform(0, size), random.NextUniform(0, size), random.NextUniform(4, 60));
            var (flat, bright) = (random.NextUniform(0.6, 1), (float)random.NextUniform(0.3, 1.5));
            var inner = random.NextUniform() < 0.5 ? 0.8 : 0;
            for (var row = Math.Max(0, (int)(y - radius)); row < Math.Min(size, y + radius); row++)
            {
                for (var column = Math.Max(0, (int)(x - radius)); column < Math.Min(size, x + radius); column++)
                {
                    var (dy, dx) = ((row - y) / radius, (column - x) / radius / flat);
                    var square = (dy * dy) + (dx * dx);
                    light[(row * size) + column] += square < 1 && square > inner ? bright : 0;
                }
            }
        }

        for (var i = 0; i < light.Length; i++)
        {
            light[i] *= (float)Math.Max(0, 1 + (0.3 * random.NextGaussian()));
        }
    }

    private static float[] Texture(int size, SeededRandom random)
    {
        var exponent = random.NextUniform(0.6, 1.6);
        var noise = new float[size * size];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)random.NextGaussian();
        }

        var texture = Filter(noise, size, frequency => Math.Pow(frequency + (1.0 / size), -exponent));
        var deviation = Math.Sqrt(texture.Average(value => (double)value * value));
        var (contrast, cut, isLogarithmic) = (random.NextUniform(0.3, 1.2), random.NextUniform(-1, 1), random.NextUniform() < 0.5);
        return Array.ConvertAll(texture, value => (float)(isLogarithmic ? Math.Exp(contrast * value / deviation) : Math.Max(0, (value / deviation) - cut)));
    }

    private static float[] Blur(float[] light, int size, double sigma) =>
        Filter(light, size, frequency => Math.Exp(-2 * Math.Pow(Math.PI * sigma * frequency, 2)));

    private static float[] Filter(float[] light, int size, Func<double, double> gain)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var half = (size / 2) + 1;
        var factors = new float[size * half];
        for (var i = 0; i < factors.Length; i++)
        {
            var (row, column) = (i / half, i % half);
            var (y, x) = ((double)Math.Min(row, size - row) / size, (double)column / size);
            factors[i] = (float)gain(Math.Sqrt((y * y) + (x * x)));
        }

        var spectrum = fft.rfft2(tensor(light, [size, size]), [size, size], [0, 1]) * tensor(factors, [size, half]);
        return fft.irfft2(spectrum, [size, size], [0, 1]).contiguous().data<float>().ToArray();
    }
}
