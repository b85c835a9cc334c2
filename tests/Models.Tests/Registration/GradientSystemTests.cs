using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class GradientSystemTests
{
    private const int Size = 96;

    [Fact]
    public void Fit_BrighterFrameOnABackground_FindsTheSameShift()
    {
        using var scope = torch.NewDisposeScope();
        var scene = new SyntheticMotion(1, 1, Size, Size);
        using var system = System(scene);
        var image = Image(scene.Frame(0, 0.1, -0.15));

        var plain = system.Fit(image);
        var brighter = system.Fit(image.mul(3).add(500).add(torch.linspace(0, 50, Size)));

        Assert.Equal(0.1, plain.Rest.Y, 0.01);
        Assert.Equal(-0.15, plain.Rest.X, 0.01);
        Assert.Equal(plain.Rest.Y, brighter.Rest.Y, 0.01);
        Assert.Equal(plain.Rest.X, brighter.Rest.X, 0.01);
        Assert.Equal(3, brighter.Gain / plain.Gain, 0.01);
    }

    [Fact]
    public void Fit_NoisyFrames_KnowsItsError()
    {
        using var scope = torch.NewDisposeScope();
        var scene = new SyntheticMotion(2, 1, Size, Size);
        using var system = System(scene);
        var random = new Random(3);

        var fits = Enumerable.Range(0, 60).Select(_ => system.Fit(Image(scene.Frame(0, 0, 0, 5, random)))).ToArray();

        var scatter = Math.Sqrt(fits.Average(fit => fit.Rest.Squared));
        var told = Math.Sqrt(fits.Average(fit => fit.Variance.Y + fit.Variance.X));
        Assert.InRange(told / scatter, 0.75, 1.3);
    }

    [Fact]
    public void Fit_PixelsThatVary_CountLess()
    {
        using var scope = torch.NewDisposeScope();
        var scene = new SyntheticMotion(4, 1, Size, Size);
        var template = Image(scene.Frame(0, 0, 0));
        var lit = template.clone();
        lit.narrow(1, 40, 10).narrow(2, 52, 8).mul_(4);
        var variance = torch.ones_like(template);
        variance.narrow(1, 38, 14).narrow(2, 50, 12).fill_(1000);
        using var plain = GradientSystem.Create(template, null, [1, 2], [0, 8, 8])!;
        using var knowing = GradientSystem.Create(template, variance, [1, 2], [0, 8, 8])!;

        Assert.True(knowing.Fit(lit).Rest.Squared < 0.05 * plain.Fit(lit).Rest.Squared);
    }

    [Fact]
    public void Create_TemplateOfStripes_DoesNotTellMotionAlongThem()
    {
        using var scope = torch.NewDisposeScope();
        var stripes = torch.sin(torch.arange(0, Size, 1, torch.ScalarType.Float32).mul(0.5)).expand(1, Size, Size).contiguous();

        Assert.Null(GradientSystem.Create(stripes, null, [1, 2], [0, 8, 8]));
    }

    [Fact]
    public void TakenOff_Image_IsItLessTheMeanUnderATriangle()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 30 * 41).Select(_ => (float)random.NextDouble())];
        var image = torch.tensor(values, [1, 30, 41]);

        var found = LocalMean.TakenOff(image).data<float>().ToArray();
        var slow = image.sub(LocalMean.Boxes(image)).data<float>().ToArray();

        // Two boxes of 17 px, one after the other; each forgets what lies beyond the faces.
        var expected = Box(Box(values.Select(value => (double)value).ToArray(), 30, 41), 30, 41);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i] - expected[i], found[i], 1e-4);
            Assert.Equal(found[i], slow[i], 1e-4);
        }
    }

    private static double[] Box(double[] from, int rows, int columns) =>
    [
        .. Enumerable.Range(0, from.Length).Select(p => Enumerable.Range(-8, 17).Sum(j => Enumerable.Range(-8, 17).Sum(i =>
        {
            var (y, x) = ((p / columns) + j, (p % columns) + i);
            return y >= 0 && y < rows && x >= 0 && x < columns ? from[(y * columns) + x] / 289 : 0;
        }))),
    ];

    private static torch.Tensor Image(float[] values) => torch.tensor(values, [1, Size, Size]);

    private static GradientSystem System(SyntheticMotion scene) => GradientSystem.Create(Image(scene.Frame(0, 0, 0)), null, [1, 2], [0, 8, 8])!;
}
