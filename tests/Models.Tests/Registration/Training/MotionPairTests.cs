using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class MotionPairTests
{
    private const int Side = 120;
    private const int Size = 64;

    private static readonly FieldVector[] Vectors = [new(20, 30, 5, -3, 22), new(50, 10, -4, 4, 30)];

    private static readonly CleanImage Waves = new("waves", Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => (float)Wave(i / Side, i % Side))]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fill_NothingButMotion_PutsTheTemplatesContentWhereTheTargetLeads(bool movesFrame)
    {
        // Turned, mirrored and magnified by 1.25.
        var placement = new CropPlacement(80, 20, 0, 0.8, -0.8, 0);
        var (template, frame, y, x, weight) = Fill(Waves, placement, new KnownField(Vectors), movesFrame, AppearanceOptions.ShotNoise(1e12));
        var used = 0;
        for (var i = 0; i < Size * Size; i++)
        {
            if (weight[i] == 0)
            {
                continue;
            }

            // The template's content in the continuous scene, and that of the frame where the target says that it is.
            var (row, column) = (i / Size, i % Size);
            Assert.Equal(Content(movesFrame ? (row, column) : (row + y[i], column + x[i])), template[i], 1e-3);
            var back = Field(row, column);
            Assert.Equal(Content(movesFrame ? (row - back.Y, column - back.X) : (row, column)), frame[i], 1e-3);
            var there = movesFrame ? Field(row + y[i], column + x[i]) : Field(row, column);
            Assert.Equal(there.Y, y[i], 1e-4);
            Assert.Equal(there.X, x[i], 1e-4);
            used++;
        }

        Assert.True(used > Size * Size * 3 / 4, $"Only {used} pixels count.");

        static double Content((double Row, double Column) at) => Wave(80 - (0.8 * at.Column), 20 + (0.8 * at.Row));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fill_MotionOutOfTheFrame_DoesNotCount(bool movesFrame)
    {
        var placement = CropPlacement.Middle(Side, Side, Size, Size);
        var (_, _, _, _, weight) = Fill(Waves, placement, new KnownField([], 0, 5.5), movesFrame, AppearanceOptions.ShotNoise(100));
        for (var i = 0; i < weight.Length; i++)
        {
            Assert.Equal(i % Size <= Size - 1 - 5.5 ? 1 : 0, weight[i]);
        }
    }

    [Fact]
    public void Fill_CropAtTheImagesBorder_MasksWhatLayOutside()
    {
        // The template is sampled 3 px above the image in its first rows.
        var (_, _, _, _, weight) = Fill(Waves, new CropPlacement(0, 0, 1, 0, 0, 1), new KnownField([], -3, 0), false, AppearanceOptions.ShotNoise(100));
        Assert.All(weight[..(3 * Size)], value => Assert.Equal(0, value));
        Assert.All(weight[(3 * Size)..], value => Assert.Equal(1, value));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void Fill_ShotNoise_HasTheVarianceOfItsPhotons(double photons)
    {
        var flat = new CleanImage("flat", Side, Side, [.. Enumerable.Repeat(0.5f, Side * Side)]);
        var (template, frame, _, _, _) = Fill(
            flat, CropPlacement.Middle(Side, Side, Size, Size), new KnownField([]), true, AppearanceOptions.ShotNoise(photons));
        Assert.All(template, value => Assert.Equal(0.5, value, 6));
        var mean = frame.Average();
        var variance = frame.Average(value => (value - mean) * (value - mean));
        Assert.InRange(mean, 0.5 * 0.95, 0.5 * 1.05);
        Assert.InRange(variance, 0.9 * 0.5 / photons, 1.1 * 0.5 / photons);
    }

    [Fact]
    public void Fill_Transients_FollowTheMovingContent()
    {
        // Brightness changes alone, with and without a shift by 7 px: the same regions change, moved with the content.
        var options = AppearanceOptions.ShotNoise(1e12) with { TransientShare = 1, MostTransients = 3, LargestTransient = 4 };
        var flat = new CleanImage("flat", Side, Side, [.. Enumerable.Repeat(0.5f, Side * Side)]);
        var placement = CropPlacement.Middle(Side, Side, Size, Size);
        var still = Fill(flat, placement, new KnownField([]), true, options).Frame;
        var moved = Fill(flat, placement, new KnownField([], 0, 7), true, options).Frame;
        Assert.True(still.Max() - still.Min() > 0.1, "No region has changed.");
        for (var i = 0; i < Size * Size; i++)
        {
            if (i % Size >= 7)
            {
                Assert.Equal(still[i - 7], moved[i], 1e-4);
            }
        }
    }

    [Fact]
    public void Draw_ManyCrops_AreFiniteAndTheSameForTheSameNumber()
    {
        var crops = new PairCrops([[Waves]], [], new PairOptions());
        var sampler = new BatchSampler(crops, 4, 2, Size, 7, targets: 2);
        for (var step = 0; step < 10; step++)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var (first, again) = (sampler.Draw(step), sampler.Draw(step));
            Assert.Equal([4, 2, Size, Size], first.Target.shape);
            Assert.True(first.Input.isfinite().all().item<bool>() && first.Target.isfinite().all().item<bool>());
            Assert.True(first.Input.equal(again.Input) && first.Target.equal(again.Target));
            Assert.True(first.Weight is null || first.Weight.mean().item<float>() > 0.5);
        }
    }

    [Fact]
    public void Draw_CropAsLargeAsTheImage_LiesInIt()
    {
        for (ulong i = 0; i < 200; i++)
        {
            var placement = CropPlacement.Draw(40, 50, 40, 0.5, 2, new SeededRandom(3, i));
            foreach (var (y, x) in new[] { placement.Of(0, 0), placement.Of(39, 0), placement.Of(0, 39), placement.Of(39, 39) })
            {
                Assert.InRange(y, -1e-4, 39.0001);
                Assert.InRange(x, -1e-4, 49.0001);
            }
        }
    }

    private static (float[] Template, float[] Frame, float[] Y, float[] X, float[] Weight) Fill(
        CleanImage image, CropPlacement placement, KnownField field, bool movesFrame, AppearanceOptions appearance)
    {
        var (input, target, weight) = (new float[2 * Size * Size], new float[2 * Size * Size], new float[Size * Size]);
        Array.Fill(weight, 1);
        MotionPair.Fill(image, placement, field, movesFrame, appearance, new Crop(input, target, weight, 0, 2, Size, 2), new SeededRandom(11));
        return (input[..(Size * Size)], input[(Size * Size)..], target[..(Size * Size)], target[(Size * Size)..], weight);
    }

    private static double Wave(double y, double x) => 0.5 + (0.2 * Math.Sin(y / 7)) + (0.2 * Math.Cos((x / 6) + (y / 15)));

    private static (double Y, double X) Field(double y, double x)
    {
        var weights = Vectors.Select(v => Math.Exp(-(((y - v.CentreY) * (y - v.CentreY)) + ((x - v.CentreX) * (x - v.CentreX))) / (2 * v.Sigma * v.Sigma))).ToArray();
        return (weights.Zip(Vectors, (w, v) => w * v.Y).Sum(), weights.Zip(Vectors, (w, v) => w * v.X).Sum());
    }
}
