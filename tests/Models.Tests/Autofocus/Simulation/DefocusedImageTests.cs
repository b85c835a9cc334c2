using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public sealed class DefocusedImageTests
{
    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.25, SphericalWaves = 0.2,
    };

    [Theory]
    [InlineData(1, 37)]
    [InlineData(101, 64)]
    public void At_EvenLight_StaysAsItIs(int height, int width)
    {
        using var image = new DefocusedImage([.. Enumerable.Repeat(3f, height * width)], height, width, Optics, 8);
        Assert.All(image.At(-8), value => Assert.Equal(3, value, 1e-4));
    }

    [Fact]
    public void At_Wave_IsWeakenedAsTheTransferSays()
    {
        const int side = 256;
        const double frequency = 24.0 / side;
        using var image = new DefocusedImage([.. Enumerable.Range(0, side * side).Select(i => (float)Math.Cos(2 * Math.PI * frequency * ((i % side) + 0.5)))], side, side, Optics, 5);
        var expected = new DefocusTransfer(Optics, 5, [frequency]).At(5)[0];
        Assert.InRange(Math.Abs(expected), 0.01, 0.9);
        var found = image.At(5);
        var correlation = 2 * found.Select((value, i) => value * Math.Cos(2 * Math.PI * frequency * ((i % side) + 0.5))).Average();
        Assert.InRange(correlation - expected, -0.005, 0.005);
    }

    [Fact]
    public void At_FartherFromFocus_IsBlurredMore()
    {
        var point = new float[151 * 151];
        point[(75 * 151) + 75] = 1;
        using var image = new DefocusedImage(point, 151, 151, Optics, 10);
        var squares = new[] { 0.0, 2, 4, 8 }.Select(z => image.At(z).Sum(value => (double)value * value)).ToArray();
        Assert.Equal(squares.OrderDescending(), squares);
        Assert.True(squares[0] > 10 * squares[2]);
        Assert.Equal(1, image.At(4).Sum(), 0.02);
    }

    [Theory]
    [InlineData(130, 130)]
    [InlineData(129, 141)]
    public void Amid_OtherPlanes_IsTheMiddleOfTheWholeField(int height, int width)
    {
        var plane = new SharpPlane("middle", height, width, SharpPhantom.Create(1, 200, 3).Light[..(height * width)]);
        SharpPlane[] others = [SharpPhantom.Create(2, 60, 3), SharpPhantom.Create(3, 300, 3)];
        const int margin = 128;
        var (rows, columns) = (height + (2 * margin), width + (2 * margin));
        var field = plane.Amid(others, margin, margin, rows, columns, new SeededRandom(7));
        using var whole = new DefocusedImage(field, rows, columns, Optics, 6);
        using var amid = DefocusedImage.Amid(plane, others, Optics, 6, new SeededRandom(7));
        var (expected, found) = (whole.At(6), amid.At(6));
        float[] middle = [.. expected.Where((_, i) => i / columns >= margin && i / columns < margin + height && i % columns >= margin && i % columns < margin + width)];
        Assert.Equal(height * width, found.Length);

        // The field's own edges are farther away than nearly all light comes from; random parts are the same where margins are.
        Assert.InRange(found.Zip(middle, (a, b) => Math.Abs(a - b)).Max(), 0, 0.1 * middle.Max());
        Near.Equal([.. field.Where((_, i) => i / columns >= margin && i / columns < margin + height && i % columns >= margin && i % columns < margin + width)], plane.Light, 0);
    }

    [Fact]
    public void Amid_DarkPlaneBesideBrightOnes_TakesTheirLightAcrossItsEdges()
    {
        const int side = 200;
        var dark = new SharpPlane("dark", side, side, new float[side * side]);
        using var image = DefocusedImage.Amid(dark, [new SharpPlane("even", 16, 16, [.. Enumerable.Repeat(1f, 256)])], Optics, 4, new SeededRandom(1));
        var found = image.At(4);

        // Half of the light at an edge comes from beyond it, three quarters in a corner, hardly any in the middle.
        Assert.Equal(0.5, found[(side / 2) * side], 0.05);
        Assert.Equal(0.75, found[0], 0.05);
        Assert.InRange(found[(side / 2 * side) + (side / 2)], -0.02, 0.02);
    }

    [Fact]
    public void Amid_NoOthers_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => DefocusedImage.Amid(SharpPhantom.Create(1, 130, 3), [], Optics, 4, new SeededRandom(1)));

    [Fact]
    public void ThickSample_AddsItsPlanesWhereTheyLie()
    {
        var light = SharpPhantom.Create(0, 128, 1).Light;
        var plane = new DefocusedImage(light, 128, 128, Optics, 6);
        using var sample = new ThickSample([(plane, 0, 1), (new DefocusedImage(light, 128, 128, Optics, 6), 2, 0.5)]);
        var (first, second, found) = (plane.At(3), plane.At(1), sample.At(3));
        Near.Equal([.. first.Zip(second, (a, b) => a + (0.5f * b))], found, 1e-5);
    }

    [Fact]
    public void Expose_EvenLight_HasTheCamerasMeanAndNoise()
    {
        var camera = new FocusCamera { Photons = 50, Background = 1, ReadNoise = 3, Offset = 100 };
        var frame = camera.Expose([.. Enumerable.Repeat(2f, 101 * 97)], 101, 97, new SeededRandom(1));
        var mean = frame.Average();
        Assert.InRange(mean, 250 - 1, 250 + 1);
        Assert.InRange(frame.Average(value => (value - mean) * (value - mean)), 159 * 0.93, 159 * 1.07);
        var dark = camera with { Vignetting = 1, Background = 0, ReadNoise = 0, Offset = 0 };
        Assert.Equal(0, dark.Expose([.. Enumerable.Repeat(2f, 101 * 97)], 101, 97, new SeededRandom(1))[0]);
    }

    [Fact]
    public void Render_SameSeed_IsTheSameFrame()
    {
        SharpPlane[] planes = [SharpPhantom.Create(1, 160, 1), SharpPhantom.Create(2, 140, 1)];
        float[] Pixels() => SimulatedFrame.Render(planes, 150, Optics, Optics, new FocusCamera(), 2, new SeededRandom(5)).Pixels;
        Assert.Equal(Pixels(), Pixels());
    }
}
