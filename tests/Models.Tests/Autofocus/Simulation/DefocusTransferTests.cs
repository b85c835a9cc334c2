using System.Numerics;

namespace InferenceBridge.Models.Tests;

public sealed class DefocusTransferTests
{
    private static readonly double[] Frequencies = [0, 0.01, 0.05, 0.12, 0.2, 0.31, 0.45];

    [Fact]
    public void At_Focus_IsTheDiffractionLimit()
    {
        var optics = Optics(0.7, 1) with { PixelMicrometres = 0.19 };
        var found = new DefocusTransfer(optics, 0, Frequencies).At(0);
        for (var i = 0; i < Frequencies.Length; i++)
        {
            var part = Math.Min(1, Frequencies[i] / optics.Cutoff);
            var expected = 2 / Math.PI * (Math.Acos(part) - (part * Math.Sqrt(1 - (part * part))));
            Assert.InRange(found[i] - expected, -0.007, 0.007);
        }
    }

    // What is compared with is the definition: the overlap of the pupil with itself, summed over a square grid.
    [Theory]
    [InlineData(0.5, 1.0, 4.0, 0.0)]
    [InlineData(0.5, 1.0, -9.5, 0.3)]
    [InlineData(1.2, 1.515, 2.5, -0.4)]
    [InlineData(1.2, 1.515, -1.0, 0.0)]
    public void At_Defocus_IsTheOverlapOfThePupilWithItself(double aperture, double index, double defocus, double waves)
    {
        var optics = Optics(aperture, index) with { SphericalWaves = waves };
        var found = new DefocusTransfer(optics, Math.Abs(defocus), Frequencies).At(defocus);
        for (var i = 0; i < Frequencies.Length; i++)
        {
            Assert.InRange(found[i] - Overlap(optics, defocus, Frequencies[i]), -0.007, 0.007);
        }
    }

    [Fact]
    public void At_BothSidesOfFocus_DifferByTheAberrationAlone()
    {
        var perfect = new DefocusTransfer(Optics(0.9, 1), 3, Frequencies);
        Assert.All(perfect.At(3).Zip(perfect.At(-3)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        var aberrated = new DefocusTransfer(Optics(0.9, 1) with { SampleIndex = 1.45, DepthMicrometres = 4 }, 3, Frequencies);
        Assert.True(aberrated.SphericalWaves > 0.05);
        Assert.Contains(aberrated.At(3).Zip(aberrated.At(-3)), pair => Math.Abs(pair.First - pair.Second) > 0.02);
    }

    [Fact]
    public void At_BeyondTheCutoff_IsNothing() =>
        Assert.Equal(0, new DefocusTransfer(Optics(0.3, 1) with { PixelMicrometres = 0.3 }, 1, [0.45]).At(1)[0]);

    [Fact]
    public void Aberration_OfAMismatch_HoldsNoPistonAndNoDefocus()
    {
        var pupil = new DefocusPupil(Optics(1.25, 1.515) with { SampleIndex = 1.33, DepthMicrometres = 10 });
        Assert.InRange(Sum(pupil, pupil.Aberration), -1e-9, 1e-9);
        Assert.InRange(Sum(pupil, [.. pupil.Aberration.Zip(pupil.Defocus, (a, d) => a * d)]), -1e-6, 1e-6);
        Assert.True(pupil.SphericalWaves > 0.3);
    }

    [Theory]
    [InlineData("na", 1.6)]
    [InlineData("pixel_size", 0)]
    [InlineData("depth", double.NaN)]
    public void Create_ImpossibleOptics_NamesTheValue(string field, double value)
    {
        var optics = Optics(0.8, 1.515);
        optics = field switch
        {
            "na" => optics with { NumericalAperture = value },
            "pixel_size" => optics with { PixelMicrometres = value },
            _ => optics with { DepthMicrometres = value },
        };
        var fault = Assert.Throws<InferenceException>(() => new DefocusTransfer(optics, 1, Frequencies));
        Assert.Equal($"parameters.{field}", fault.Field);
    }

    private static FocusOptics Optics(double aperture, double index) =>
        new() { NumericalAperture = aperture, WavelengthNm = 550, ImmersionIndex = index, PixelMicrometres = 0.2 };

    private static double Sum(DefocusPupil pupil, double[] values) => pupil.Heights.Zip(values, (w, v) => w * v).Sum();

    private static double Overlap(FocusOptics optics, double defocus, double frequency)
    {
        const int side = 1200;
        var shift = 2 * frequency / optics.Cutoff;
        var (sum, total) = (Complex.Zero, 0.0);
        for (var i = 0; i < side * side; i++)
        {
            var (y, x) = ((((i / side) + 0.5) * 2 / side) - 1, (((i % side) + 0.5) * 2 / side) - 1);
            var here = (y * y) + (x * x);
            var there = (y * y) + ((x - shift) * (x - shift));
            total += here <= 1 ? 1 : 0;
            if (here <= 1 && there <= 1)
            {
                sum += Complex.FromPolarCoordinates(1, Phase(optics, defocus, here) - Phase(optics, defocus, there));
            }
        }

        return sum.Real / total;
    }

    private static double Phase(FocusOptics optics, double defocus, double square)
    {
        var (n, sine) = (optics.ImmersionIndex, optics.NumericalAperture * optics.NumericalAperture * square);
        return (2 * Math.PI / 0.55 * defocus * Math.Sqrt((n * n) - sine)) + (2 * Math.PI * optics.SphericalWaves * ((6 * square * square) - (6 * square) + 1));
    }
}
