using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>Simulated tubules whose truth is known, blurred by the benchmark's PSF with nothing beyond the faces, and with photon noise.</summary>
internal static class BlurredSample
{
    private const double PeakPhotons = 500;

    /// <summary>The truth, and the image scaled to [0, 1].</summary>
    public static (MemoryVolume Truth, MemoryVolume Image) Create(VolumeShape shape, MemoryVolume psf)
    {
        var truth = Phantom.Create(new PhantomOptions { Depth = shape.Depth, Height = shape.Height, Width = shape.Width }).Truth;
        var size = psf.Info.Shape.Width;

        // The PSF is a product of three equal profiles: its middle line, of sum 1, is each of them.
        var middle = psf.ToSingles().Skip(((((size / 2) * size) + (size / 2)) * size)).Take(size).Select(value => (double)value).ToArray();
        var profile = middle.Select(value => value / middle.Sum()).ToArray();
        var light = truth.ToSingles().Select(value => (double)value).ToArray();
        light = Blur(Blur(Blur(light, profile, shape.Width, 1), profile, shape.Height, shape.Width), profile, shape.Depth, shape.Width * shape.Height);
        var (random, scale) = (new Random(1), PeakPhotons / light.Max());

        // Photons as a normal distribution of their variance, from two uniform numbers.
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var photons = light.Select(value => Math.Max(0, (value * scale) + (Math.Sqrt(value * scale) * Noise()))).ToArray();
        var brightest = photons.Max();
        return (truth, MemoryVolume.FromSingles([.. photons.Select(value => (float)(value / brightest))], shape));
    }

    private static double[] Blur(double[] values, double[] profile, int length, int stride)
    {
        var (result, half) = (new double[values.Length], profile.Length / 2);
        Parallel.For(0, values.Length, i =>
        {
            var at = i / stride % length;
            for (var k = Math.Max(0, half - at); k < Math.Min(profile.Length, length + half - at); k++)
            {
                result[i] += values[i + ((k - half) * stride)] * profile[k];
            }
        });
        return result;
    }
}
