using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Dots that grow wider out of focus, as Gaussians of 1.2 px and 1.5 px for each µm.</summary>
internal sealed class BlurredDots(int height = 96, int width = 112) : IFocalSample
{
    private const int Dots = 60;

    public int Height => height;

    public int Width => width;

    public double? PixelMicrometres => 0.2;

    public float[] At(double defocus)
    {
        var sigma = Math.Sqrt(1.44 + (2.25 * defocus * defocus));
        var random = new SeededRandom(5);
        var light = new float[height * width];
        for (var dot = 0; dot < Dots; dot++)
        {
            Add(light, random.NextUniform(0, height), random.NextUniform(0, width), sigma);
        }

        return light;
    }

    private void Add(float[] light, double y, double x, double sigma)
    {
        var reach = (int)(4 * sigma) + 1;
        for (var row = Math.Max(0, (int)y - reach); row <= Math.Min(height - 1, (int)y + reach); row++)
        {
            for (var column = Math.Max(0, (int)x - reach); column <= Math.Min(width - 1, (int)x + reach); column++)
            {
                var square = ((row - y) * (row - y)) + ((column - x) * (column - x));
                light[(row * width) + column] += (float)(1.44 / (sigma * sigma) * Math.Exp(-0.5 * square / (sigma * sigma)));
            }
        }
    }
}
