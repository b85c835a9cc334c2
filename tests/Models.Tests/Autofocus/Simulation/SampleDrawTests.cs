using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public sealed class SampleDrawTests
{
    private const int Side = 128;

    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.25,
    };

    [Fact]
    public void Render_EvenPlanes_AreEvenLightOfMeanOne()
    {
        // However many planes there are: their light is shared among them, not added.
        SharpPlane[] planes = [new("even", Side, Side, [.. Enumerable.Repeat(1f, Side * Side)])];
        for (var i = 0; i < 6; i++)
        {
            var (light, side) = Render(planes, 3, (ulong)i);
            Assert.Equal(Side, side);
            Assert.All(light, value => Assert.Equal(1, value, 1e-3));
        }
    }

    [Fact]
    public void Render_OnePlane_HasASecondOneInThreeOfTenFrames()
    {
        // In the middle, which hardly any light from beyond the edges reaches; without a second plane it is the first one as it is.
        SharpPlane[] planes = [SharpPhantom.Create(1, Side, 4)];
        using var alone = new DefocusedImage(planes[0].Light, Side, Side, Transfer(0));
        var expected = Middle(alone.At(0));
        var likeThat = Enumerable.Range(0, 60).Count(i => Middle(Render(planes, 0, (ulong)i).Light).Zip(expected, (a, b) => Math.Abs(a - b)).Average() < 1e-4);
        Assert.InRange(likeThat, 32, 50);
    }

    [Fact]
    public void Render_PlaneSmallerThanAskedFor_IsAsLargeAsThePlane()
    {
        var (light, side) = SampleDraw.Render([SharpPhantom.Create(1, 95, 4)], 512, Transfer(1), 1, new SeededRandom(1));
        Assert.Equal(95, side);
        Assert.Equal(95 * 95, light.Length);
    }

    private static float[] Middle(float[] light) => [.. light.Where((_, i) => i / Side is > Side / 4 and < 3 * Side / 4 && i % Side is > Side / 4 and < 3 * Side / 4)];

    private static (float[] Light, int Side) Render(SharpPlane[] planes, double defocus, ulong seed) =>
        SampleDraw.Render(planes, Side, Transfer(defocus), defocus, new SeededRandom(seed));

    private static DefocusTransfer Transfer(double defocus) => DefocusedImage.Transfer(Optics, SampleDraw.Farthest(Optics, defocus));
}
