using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>How one pair's template and frame are exposed: illumination, photons, camera.</summary>
internal sealed class Exposure
{
    private const double LeastTemplateFactor = 10;
    private const double LargestTemplateFactor = 100;

    private readonly double _photons;
    private readonly double _templatePhotons;
    private readonly double _background;
    private readonly double _readNoise;
    private readonly double _gain;
    private readonly double _offset;
    private readonly (double Amount, double Y, double X, double Phase)[] _shading;

    private Exposure(AppearanceOptions options, int size, SeededRandom random)
    {
        _photons = Math.Exp(random.NextUniform(Math.Log(options.FewestPhotons), Math.Log(options.MostPhotons)));
        var factor = Math.Exp(random.NextUniform(Math.Log(LeastTemplateFactor), Math.Log(LargestTemplateFactor)));
        _templatePhotons = random.NextUniform() < options.NoisyTemplateShare ? _photons * factor : double.PositiveInfinity;
        _background = random.NextUniform(0, options.LargestBackground);
        _readNoise = random.NextUniform(0, options.LargestReadNoise) * Math.Sqrt(_photons);
        _gain = Math.Pow(options.LargestGain, random.NextUniform(-1, 1));
        _offset = random.NextUniform(-options.LargestOffset, options.LargestOffset);

        // Waves no shorter than the frame.
        _shading = [.. Enumerable.Range(0, 2).Select(_ => (
            random.NextUniform(0, options.LargestShading / 2), random.NextUniform(-Math.PI, Math.PI) / size, random.NextUniform(-Math.PI, Math.PI) / size,
            random.NextUniform(0, 2 * Math.PI)))];
    }

    /// <summary>A random exposure.</summary>
    public static Exposure Draw(AppearanceOptions options, int size, SeededRandom random) => new(options, size, random);

    /// <summary>Exposes the template.</summary>
    /// <param name="light">0 to about 1; becomes what the camera gives.</param>
    /// <param name="random">Random numbers.</param>
    public void Template(Span<float> light, SeededRandom random)
    {
        for (var i = 0; i < light.Length; i++)
        {
            var value = _background + Math.Max(0, light[i]);
            light[i] = (float)(double.IsInfinity(_templatePhotons) ? value : random.NextPoisson(_templatePhotons * value) / _templatePhotons);
        }
    }

    /// <summary>Exposes the frame.</summary>
    /// <param name="light">0 to about 1, X fastest; becomes what the camera gives.</param>
    /// <param name="width">Columns.</param>
    /// <param name="random">Random numbers.</param>
    public void Frame(Span<float> light, int width, SeededRandom random)
    {
        Shade(light, width);
        for (var i = 0; i < light.Length; i++)
        {
            var electrons = random.NextPoisson(_photons * (_background + Math.Max(0, light[i])));
            electrons += _readNoise > 0 ? _readNoise * random.NextGaussian() : 0;
            light[i] = (float)((_gain * electrons / _photons) + _offset);
        }
    }

    private void Shade(Span<float> light, int width)
    {
        foreach (var (amount, y, x, phase) in _shading)
        {
            if (amount == 0)
            {
                continue;
            }

            // cos(a + b) = cos a cos b − sin a sin b, so that no pixel needs a cosine of its own.
            var columns = Enumerable.Range(0, width).Select(column => Math.SinCos(column * x)).ToArray();
            for (var row = 0; row < light.Length / width; row++)
            {
                var (sine, cosine) = Math.SinCos((row * y) + phase);
                var line = light.Slice(row * width, width);
                for (var column = 0; column < width; column++)
                {
                    line[column] *= (float)(1 + (amount * ((cosine * columns[column].Cos) - (sine * columns[column].Sin))));
                }
            }
        }
    }
}
