using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public sealed class SpectralExamplesTests
{
    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.6, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.25,
    };

    private static readonly MicroscopeDraw Microscopes = new(Own: Optics);

    [Fact]
    public void Made_AreLikeThoseOfRenderedFrames()
    {
        // Ring by ring, where structure stands out.
        var plane = SharpPhantom.Create(1, 256, 7);
        var shape = new RadialSpectrum(256, 256);
        var sharp = shape.Of(plane.Light);
        var factors = SpectralInput.Power(SpectralInput.Transfer(Optics, 4, 256), 4);
        using var blurred = new DefocusedImage(plane.Light, 256, 256, Optics, 4);
        var rendered = shape.Of(blurred.At(4));
        foreach (var first in new[] { 0, SpectralBins.Count })
        {
            var differences = Enumerable.Range(5, 60).Where(ring => factors[ring] > 1e-4)
                .Select(ring => Math.Abs(Math.Log(rendered[first + ring] / (sharp[first + ring] * factors[ring])))).Order().ToArray();
            Assert.True(differences.Length > 15);
            Assert.InRange(differences[differences.Length / 2], 0, 0.15);
        }
    }

    [Theory]
    [InlineData(40.0, 3.0)]
    [InlineData(1500.0, 1.0)]
    public void Expose_ManyTimes_HasMeanAndScatterOfExposedFrames(double photons, double readNoise)
    {
        const int side = 256, count = 100;
        var shape = new RadialSpectrum(side, side);
        var camera = new FocusCamera { Photons = photons, ReadNoise = readNoise, Background = 1.5, Vignetting = 0.2 };
        var light = SharpPhantom.Create(1, side, 7).Light;
        var seen = camera.Illuminate(light, side, side);
        var spectrum = new NoiseFreeSpectrum(0, shape, shape.Of(seen), seen.Average(value => (double)value));
        var frames = Enumerable.Range(0, count).Select(i => shape.Of(camera.Expose(light, side, side, new SeededRandom(1, (ulong)i)))).ToArray();
        var made = Enumerable.Range(0, count).Select(i => spectrum.Expose(camera, new SeededRandom(2, (ulong)i))).ToArray();

        // A ring of one frequency shares it with its neighbours through the window: it scatters less than one value does.
        foreach (var ring in Enumerable.Range(0, RadialSpectrum.Length).Where(ring => shape.Independent[ring] > 4))
        {
            var ((mean, deviation), (expected, scatter)) = (Moments(frames, ring), Moments(made, ring));
            Assert.InRange(mean / expected, 0.9, 1.1);
            Assert.InRange(deviation / scatter, 0.6, 1.6);
        }
    }

    [Fact]
    public void OfAnotherObject_IsThatOfAFilteredPlane()
    {
        // The factor of both spectra is the same and smooth; filtering the plane by its root makes that spectrum of a defocused plane.
        const int side = 256;
        var shape = new RadialSpectrum(side, side);
        using var blurred = new DefocusedImage(SharpPhantom.Create(1, side, 7).Light, side, side, Optics, 4);
        var light = blurred.At(4);
        var spectrum = new NoiseFreeSpectrum(4, shape, shape.Of(light), 1);
        var other = spectrum.OfAnotherObject(new SeededRandom(3));
        double[] factors = [.. other.Power.Zip(spectrum.Power, (changed, own) => changed / own)];

        // The first ring has the mean alone, which is 0.
        factors[0] = factors[1];
        Assert.InRange(factors.Max() / factors.Min(), 1.2, 100);
        Assert.All(Enumerable.Range(1, SpectralBins.Count - 1), ring => Assert.Equal(factors[ring], factors[SpectralBins.Count + ring], 1e-9));
        Assert.All(Enumerable.Range(1, SpectralBins.Count - 1), ring => Assert.InRange(factors[ring] / factors[ring - 1], 0.8, 1.25));
        var filtered = shape.Of(Filtered(light, side, frequency => Math.Sqrt(Math.Exp(SpectralBins.Interpolate([.. factors[..SpectralBins.Count].Select(factor => Math.Log(factor))], frequency)))));
        var differences = Enumerable.Range(3, 50).Select(ring => Math.Abs(Math.Log(filtered[ring] / other.Power[ring]))).Order().ToArray();
        Assert.InRange(differences[25], 0, 0.05);
        Assert.NotEqual(other.Power, spectrum.OfAnotherObject(new SeededRandom(4)).Power);
    }

    [Fact]
    public void Rendered_SameRandomNumbers_AreTheSameSpectraOfFewFrames()
    {
        SharpPlane[] planes = [SharpPhantom.Create(1, 160, 7), SharpPhantom.Create(2, 300, 7)];
        RenderedSpectra Pool(int frames) => new(planes, Microscopes, new ExposureRange(), frames, 3);
        var (pool, other, one) = (Pool(40), Pool(40), Pool(1));
        Assert.Same(pool.Draw(new SeededRandom(1)), pool.Draw(new SeededRandom(1)));
        Assert.Same(one.Draw(new SeededRandom(1)), one.Draw(new SeededRandom(2)));
        Assert.Equal(Powers(pool.Draw(new SeededRandom(1))), Powers(other.Draw(new SeededRandom(1))));
        Assert.Equal(SpectralGroup.Count, one.Draw(new SeededRandom(1)).Spectra.Count);
        Assert.Equal(5, Enumerable.Range(0, 200).Select(i => pool.Draw(new SeededRandom((ulong)i))).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Rendered_Spectra_LoseFineDetailsAwayFromFocus()
    {
        SharpPlane[] planes = [.. Enumerable.Range(0, 4).Select(i => SharpPhantom.Create(i, 256, 7))];
        var pool = new RenderedSpectra(planes, Microscopes, new ExposureRange(), 160, 3);
        var spectra = Enumerable.Range(0, 100).Select(i => pool.Draw(new SeededRandom((ulong)i))).Distinct().SelectMany(group => group.Spectra).ToArray();
        var middle = SpectralBins.Of(Optics.Cutoff / 3);
        double Fine(Func<NoiseFreeSpectrum, bool> which) => spectra.Where(which).Average(s => s.Power[middle]);
        Assert.True(Fine(s => Math.Abs(s.Defocus) < 1) > 10 * Fine(s => Math.Abs(s.Defocus) > 6));
        Assert.All(spectra, s => Assert.InRange(s.Brightness, 0.3, 5));
    }

    [Fact]
    public void Draw_BatchThatNoGroupDivides_IsTheSameForTheSameStep()
    {
        SharpPlane[] planes = [SharpPhantom.Create(1, 256, 7)];
        var examples = new SpectralExamples(new RenderedSpectra(planes, Microscopes, new ExposureRange(), 16, 3), Microscopes, new ExposureRange(), 11, 3);
        using var first = examples.Draw(5);
        using var again = examples.Draw(5);
        using var next = examples.Draw(6);
        Assert.Equal([11, SpectralInput.Length], first.Input.flatten(1).shape);
        var values = first.Input.data<float>().ToArray();
        Assert.Equal(values, again.Input.data<float>().ToArray());
        Assert.NotEqual(values, next.Input.data<float>().ToArray());
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
    }

    private static float[] Filtered(float[] plane, int side, Func<double, double> filter)
    {
        double Of(int i) => Math.Min(i, side - i) / (double)side;
        float[] factors = [.. Enumerable.Range(0, side * ((side / 2) + 1)).Select(i => (float)filter(Math.Sqrt(Math.Pow(Of(i / ((side / 2) + 1)), 2) + Math.Pow(i % ((side / 2) + 1) / (double)side, 2))))];
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        return fft.irfft2(fft.rfft2(tensor(plane, [side, side]), [side, side], [0, 1]) * tensor(factors, [side, (side / 2) + 1]), [side, side], [0, 1]).data<float>().ToArray();
    }

    private static IEnumerable<double> Powers(SpectralGroup group) => group.Spectra.SelectMany(frame => frame.Power);

    private static (double Mean, double Deviation) Moments(double[][] spectra, int ring)
    {
        var mean = spectra.Average(spectrum => spectrum[ring]);
        return (mean, Math.Sqrt(spectra.Average(spectrum => Math.Pow(spectrum[ring] - mean, 2))));
    }
}
