using System.Numerics;
using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class PhaseCorrelationTests
{
    private const int Height = 16;
    private const int Width = 20;

    [Theory]
    [InlineData(0.4, -0.3)]
    [InlineData(3.25, 7.6)]
    [InlineData(-11.5, 0)]
    public void Estimate_Float32_EqualsFloat64(double y, double x)
    {
        var scene = new SyntheticMotion(1, 1, 90, 70);
        var (template, image) = (scene.Frame(0, 0, 0, 100, new Random(1)), scene.Frame(0, y, x, 100, new Random(2)));

        var single = Estimate(template, image, [1, 90, 70], torch.ScalarType.Float32);
        var reference = Estimate(template, image, [1, 90, 70], torch.ScalarType.Float64);

        Assert.Equal(reference.Y, single.Y, 0.002);
        Assert.Equal(reference.X, single.X, 0.002);
    }

    [Fact]
    public void Estimate_SmallDisplacement_IsThePeakOfTheCorrelationByItsDefinition()
    {
        var scene = new SyntheticMotion(2, 1, Height, Width, sigma: 1.5);
        var (template, image) = (scene.Frame(0, 0, 0), scene.Frame(0, 0.025, -0.02));

        var found = Estimate(template, image, [1, Height, Width], torch.ScalarType.Float32);

        var (y, x) = PeakByDefinition(template, image);
        Assert.Equal(y, found.Y, 0.002);
        Assert.Equal(x, found.X, 0.002);
    }

    [Fact]
    public void Estimate_SameImage_IsZero()
    {
        var template = new SyntheticMotion(3, 1, 64, 48).Frame(0, 0, 0);

        var found = Estimate(template, template, [1, 64, 48], torch.ScalarType.Float32);

        Assert.Equal(0, found.Squared, 1e-8);
    }

    private static Displacement Estimate(float[] template, float[] image, int[] sizes, torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var correlation = new PhaseCorrelation(sizes, [0, 20, 20], 0, type, torch.CPU);
        long[] shape = [sizes[0], sizes[1], sizes[2]];
        correlation.SetTemplate(torch.tensor(template, shape));
        return correlation.Estimate(torch.tensor(image, shape));
    }

    // Sums over all pixels and frequencies, in double: nothing is shared with the code but the definition.
    private static (double Y, double X) PeakByDefinition(float[] template, float[] image)
    {
        var (t, i) = (Spectrum(template), Spectrum(image));
        var noise = 0.0;
        var count = 0;
        for (var ky = 6; ky < 10; ky++)
        {
            for (var kx = 8; kx <= Width / 2; kx++, count++)
            {
                noise += Math.Pow(i[ky, kx].Magnitude, 2);
            }
        }

        var mean = 0.0;
        for (var ky = 0; ky < Height; ky++)
        {
            for (var kx = 0; kx <= Width / 2; kx++)
            {
                mean += Math.Pow(t[ky, kx].Magnitude, 2) / (Height * ((Width / 2) + 1));
            }
        }

        var floor = 300 * Math.Max(noise / count, 1e-5 * mean);
        var best = (Value: double.MinValue, Y: 0.0, X: 0.0);
        for (var y = -0.06; y <= 0.06; y += 0.001)
        {
            for (var x = -0.06; x <= 0.06; x += 0.001)
            {
                var value = 0.0;
                for (var ky = 0; ky < Height; ky++)
                {
                    for (var kx = 0; kx < Width; kx++)
                    {
                        var phase = 2 * Math.PI * ((Signed(ky, Height) * y / Height) + (Signed(kx, Width) * x / Width));
                        var cross = i[ky, kx] * Complex.Conjugate(t[ky, kx]) / (Math.Pow(t[ky, kx].Magnitude, 2) + floor);
                        value += (cross * Complex.FromPolarCoordinates(1, phase)).Real;
                    }
                }

                best = value > best.Value ? (value, y, x) : best;
            }
        }

        return (best.Y, best.X);
    }

    private static int Signed(int k, int size) => 2 * k > size ? k - size : k;

    private static Complex[,] Spectrum(float[] values)
    {
        var fade = new double[Height, Width];
        var (sum, weights) = (0.0, 0.0);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                fade[y, x] = Fade(y, Height) * Fade(x, Width);
                sum += fade[y, x] * values[(y * Width) + x];
                weights += fade[y, x];
            }
        }

        var spectrum = new Complex[Height, Width];
        for (var ky = 0; ky < Height; ky++)
        {
            for (var kx = 0; kx < Width; kx++)
            {
                for (var p = 0; p < Height * Width; p++)
                {
                    var (y, x) = (p / Width, p % Width);
                    spectrum[ky, kx] += fade[y, x] * (values[p] - (sum / weights))
                        * Complex.FromPolarCoordinates(1, -2 * Math.PI * (((double)ky * y / Height) + ((double)kx * x / Width)));
                }
            }
        }

        return spectrum;
    }

    // 16 and 20 pixels fade over their outermost two.
    private static double Fade(int i, int size) => Math.Min(i, size - 1 - i) switch
    {
        0 => 0.5 * (1 - Math.Cos(Math.PI / 3)),
        1 => 0.5 * (1 - Math.Cos(2 * Math.PI / 3)),
        _ => 1,
    };
}
