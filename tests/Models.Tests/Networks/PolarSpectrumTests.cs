using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class PolarSpectrumTests
{
    private const double EulerGamma = 0.5772156649;

    [Theory]
    [InlineData(256, 256)]
    [InlineData(128, 128)]
    [InlineData(131, 509)]
    [InlineData(512, 800)]
    public void Of_WhiteNoise_HasItsVarianceAtAllFrequencies(int height, int width)
    {
        using var scope = NewDisposeScope();
        var spectrum = PolarSpectrum.Of(Noise(height, width, 2));

        Assert.Equal([1, 1, PolarSpectrum.Angles, PolarSpectrum.Frequencies], spectrum.shape);

        // The logarithm of an exponentially distributed value of mean v is ln v less Euler's constant in the mean.
        Assert.Equal(Math.Log(4) - EulerGamma, spectrum.narrow(3, 8, PolarSpectrum.Frequencies - 8).mean().item<float>(), 0.05);
    }

    [Fact]
    public void Of_LargerFrame_HasLessNoise()
    {
        using var scope = NewDisposeScope();
        double Scatter(int side) => PolarSpectrum.Of(Noise(side, side, 1)).narrow(3, 60, 30).std().item<float>();

        Assert.InRange(Scatter(512) / Scatter(256), 0.3, 0.6);
    }

    // Frequencies in 256ths of a cycle per pixel along y and x, whose polar angle from x is atan(y / x).
    [Theory]
    [InlineData(0, 64)]
    [InlineData(40, 40)]
    [InlineData(-50, 20)]
    [InlineData(90, 6)]
    public void Of_Wave_IsBrightestAtItsAngleAndFrequency(int y, int x)
    {
        using var scope = NewDisposeScope();
        var wave = new float[256 * 256];
        for (var i = 0; i < wave.Length; i++)
        {
            wave[i] = (float)(Math.Sqrt(2) * Math.Cos(2 * Math.PI * ((y * (i / 256)) + (x * (i % 256))) / 256));
        }

        var brightest = (int)PolarSpectrum.Of(tensor(wave, [1, 1, 256, 256])).reshape(-1).argmax().item<long>();

        var frequency = Math.Sqrt((y * y) + (x * x)) / 256;
        Assert.InRange(brightest % PolarSpectrum.Frequencies, SpectralBins.Of(frequency) - 1, SpectralBins.Of(frequency) + 1);
        var angle = (Math.Atan2(y, x) / Math.PI) + 0.5;
        Assert.InRange(brightest / PolarSpectrum.Frequencies, (angle * PolarSpectrum.Angles) - 1.5, (angle * PolarSpectrum.Angles) + 0.5);
    }

    [Fact]
    public void Of_Frame_IsTheMeanLogarithmOfADirectTransform()
    {
        const int side = 256;
        const int angle = 16;
        const int ring = 50;
        using var scope = NewDisposeScope();
        var frame = Noise(side, side, 1);
        var pixels = frame.data<float>().ToArray();

        // The first direction above the x axis is 0 to 1/32 of half a turn; the ring's frequencies are all near 0.144 cycles per pixel.
        var logarithms = new List<double>();
        for (var sample = 0; sample < 16; sample++)
        {
            var frequency = SpectralBins.Edges[ring] + ((SpectralBins.Edges[ring + 1] - SpectralBins.Edges[ring]) * ((sample % 4) + 0.5) / 4);
            var direction = Math.PI / 32 * (((sample / 4) + 0.5) / 4);
            logarithms.Add(Math.Log(Power(pixels, side, (int)Math.Round(side * frequency * Math.Sin(direction)), (int)Math.Round(side * frequency * Math.Cos(direction))) + 1e-5));
        }

        Assert.Equal(logarithms.Average(), PolarSpectrum.Of(frame)[0, 0, angle, ring].item<float>(), 1e-3);
    }

    [Fact]
    public void Of_TransposedFrame_HasTheAnglesMirrored()
    {
        using var scope = NewDisposeScope();
        var frame = Noise(256, 256, 1);
        var spectrum = PolarSpectrum.Of(frame);
        var transposed = PolarSpectrum.Of(frame.transpose(2, 3).contiguous());
        var half = PolarSpectrum.Angles / 2;
        var mirrored = cat([spectrum.narrow(2, 0, half).flip(2), spectrum.narrow(2, half, half).flip(2)], 2);

        Assert.True(transposed.allclose(mirrored, atol: 1e-3));
    }

    [Fact]
    public void Of_ConstantFrame_IsFinite()
    {
        using var scope = NewDisposeScope();
        Assert.True(PolarSpectrum.Of(zeros([2, 1, 300, 128])).isfinite().all().item<bool>());
    }

    private static Tensor Noise(int height, int width, double deviation)
    {
        var random = new SeededRandom(4);
        return tensor(Enumerable.Range(0, height * width).Select(_ => (float)(deviation * random.NextGaussian())).ToArray(), [1, 1, height, width]);
    }

    private static double Power(float[] pixels, int side, int y, int x)
    {
        double Window(int i) => Math.Pow(Math.Sin(Math.PI * (i + 1) / (side + 1)), 2);
        var (weights, sum, squares) = (new double[side], 0.0, 0.0);
        for (var i = 0; i < pixels.Length; i++)
        {
            var weight = Window(i / side) * Window(i % side);
            (sum, squares) = (sum + (weight * pixels[i]), squares + (weight * weight));
        }

        for (var i = 0; i < side; i++)
        {
            weights[i] = Window(i);
        }

        var mean = sum / Math.Pow(weights.Sum(), 2);
        var (real, imaginary) = (0.0, 0.0);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * ((y * (i / side)) + (x * (i % side))) / side);
            var value = (pixels[i] - mean) * weights[i / side] * weights[i % side];
            (real, imaginary) = (real + (value * cosine), imaginary - (value * sine));
        }

        return ((real * real) + (imaginary * imaginary)) / squares;
    }
}
