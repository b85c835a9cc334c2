using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public sealed class MicroscopeDrawTests
{
    private const int Draws = 4000;

    private static readonly FocusOptics Own = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelMicrometres = 0.325, SphericalWaves = 0.2,
    };

    [Fact]
    public void Draw_OwnMicroscope_DiffersByTheTolerance()
    {
        var draw = new MicroscopeDraw(0.25, 0.01, Own);
        var drawn = Enumerable.Range(0, Draws).Select(i => draw.Draw(new SeededRandom(3, (ulong)i))).ToArray();
        IsSpread([.. drawn.Select(optics => optics.NumericalAperture)], 0.8, 0.008);
        IsSpread([.. drawn.Select(optics => optics.WavelengthNm)], 525, 5.25);
        IsSpread([.. drawn.Select(optics => optics.SphericalWaves)], 0.2, 0.02);
        Assert.All(drawn, optics => Assert.Equal(Own with
        {
            NumericalAperture = optics.NumericalAperture, WavelengthNm = optics.WavelengthNm, SphericalWaves = optics.SphericalWaves,
        }, optics));
    }

    [Fact]
    public void Told_OwnMicroscope_IsThatMicroscope()
    {
        var (draw, random) = (new MicroscopeDraw(0.25, 0.01, Own), new SeededRandom(4, 0));
        Assert.Same(Own, draw.Told(draw.Draw(random), random));
    }

    [Fact]
    public void Draw_AllKinds_AreWithinWhatIsStated()
    {
        var drawn = Enumerable.Range(0, Draws).Select(i => new MicroscopeDraw().Draw(new SeededRandom(5, (ulong)i))).ToArray();
        Assert.All(drawn, optics => optics.Validate());
        Assert.All(drawn, optics => Assert.InRange(optics.NumericalAperture, 0.4, 1.45));
        Assert.All(drawn, optics => Assert.InRange(optics.PixelMicrometres, 0.05, 0.65));
        Assert.InRange(drawn.Count(optics => optics.AberrationWaves == 0) / (double)Draws, 0.22, 0.28);

        // Half as coarse as the camera has to be, and finer, as fine objectives have it.
        Assert.Contains(drawn, optics => optics.Cutoff < 0.27);
    }

    private static void IsSpread(double[] values, double mean, double deviation)
    {
        var found = values.Average();
        Assert.InRange(found, mean - (0.1 * deviation), mean + (0.1 * deviation));
        Assert.InRange(Math.Sqrt(values.Average(value => (value - found) * (value - found))), 0.93 * deviation, 1.07 * deviation);
    }
}
