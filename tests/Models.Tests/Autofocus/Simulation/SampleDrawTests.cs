using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public sealed class SampleDrawTests
{
    private const int Side = 128;

    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.25,
    };

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Render_EvenPlanes_AreEvenLightOfMeanOne(double deepShare)
    {
        // However many planes there are: their light is shared among them, not added.
        SharpPlane[] planes = [new("even", Side, Side, [.. Enumerable.Repeat(1f, Side * Side)])];
        for (var i = 0; i < 6; i++)
        {
            var (light, side) = Render(new SampleDraw(deepShare), planes, 3, (ulong)i);
            Assert.Equal(Side, side);
            Assert.All(light, value => Assert.Equal(1, value, 1e-3));
        }
    }

    [Fact]
    public void Render_DeepSampleInFocus_HasHazeButIsSharperThanOutOfFocus()
    {
        SharpPlane[] planes = [.. Enumerable.Range(0, 6).Select(i => SharpPhantom.Create(i, Side, 4))];
        double Fine(SampleDraw draw, double defocus) => Enumerable.Range(0, 24).Average(i => FineContrast(Render(draw, planes, defocus, (ulong)i).Light));
        var (thin, deep, far) = (Fine(new SampleDraw(), 0), Fine(new SampleDraw(1), 0), Fine(new SampleDraw(), 8));
        Assert.True(deep < 0.6 * thin, $"{deep} against {thin}");
        Assert.True(deep > 5 * far, $"{deep} against {far}");
    }

    [Fact]
    public void Farthest_DeepSample_ReachesSixMicrometresBeyond()
    {
        Assert.Equal(3 + (1.5 * Optics.DepthOfField), new SampleDraw().Farthest(Optics, -3), 1e-9);
        Assert.Equal(9, new SampleDraw(0.1).Farthest(Optics, -3), 1e-9);
    }

    [Fact]
    public void Render_PlaneSmallerThanAskedFor_IsAsLargeAsThePlane()
    {
        var (light, side) = new SampleDraw(1).Render([SharpPhantom.Create(1, 96, 4)], 512, Transfer(1), 1, new SeededRandom(1));
        Assert.Equal(96, side);
        Assert.Equal(96 * 96, light.Length);
    }

    private static (float[] Light, int Side) Render(SampleDraw draw, SharpPlane[] planes, double defocus, ulong seed) =>
        draw.Render(planes, Side, Transfer(defocus), defocus, new SeededRandom(seed));

    private static DefocusTransfer Transfer(double defocus) => DefocusedImage.Transfer(Optics, new SampleDraw(1).Farthest(Optics, defocus));

    private static double FineContrast(float[] light) => light.Skip(1).Select((value, i) => Math.Pow(value - light[i], 2)).Average();
}
