using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class PairCropsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Binned_OddSizes_IsTheMeanOfWholeSquares(int factor)
    {
        var image = new CleanImage("ramp", 7, 8, [.. Enumerable.Range(0, 56).Select(i => (float)((10 * (i / 8)) + (i % 8)))]);
        var binned = image.Binned(factor);
        Assert.Equal((7 / factor, 8 / factor), (binned.Height, binned.Width));
        for (var y = 0; y < binned.Height; y++)
        {
            for (var x = 0; x < binned.Width; x++)
            {
                // Of a plane, the mean over a square is the value in its middle.
                var middle = (factor - 1) / 2.0;
                Assert.Equal((10 * ((y * factor) + middle)) + (x * factor) + middle, binned.Light[(y * binned.Width) + x], 1e-4);
            }
        }

        Assert.Same(image, image.Binned(1));
    }

    [Fact]
    public void Create_Textures_HaveStructureEverywhereAndAreTheSameForASeed()
    {
        var textures = Texture.Create(3, 7);
        Assert.Equal(textures[1].Light, Texture.Create(2, 7)[1].Light);
        Assert.NotEqual(textures[1].Light, Texture.Create(2, 8)[1].Light);
        foreach (var texture in textures)
        {
            Assert.Equal(texture.Height * texture.Width, texture.Light.Length);
            Assert.All(texture.Light, value => Assert.InRange(value, 0, 1));
            Assert.Equal(1, texture.Light.Max());
            for (var corner = 0; corner < 4; corner++)
            {
                var part = Part(texture, corner / 2 * 128, corner % 2 * 128, 128).ToArray();
                Assert.True(part.Max() - part.Min() > 0.1, $"{texture.Name} shows nothing in corner {corner}.");
            }
        }
    }

    [Fact]
    public void Draw_CropsAsLargeAsTheImage_TakesNoDenserOne()
    {
        // A binned image would be too small to be cropped; textures are left out.
        var image = new CleanImage("waves", 40, 40, [.. Enumerable.Range(0, 1600).Select(i => (float)(0.5 + (0.4 * Math.Sin(i / 40 * 0.5) * Math.Cos(i % 40 * 0.7))))]);
        var crops = new PairCrops([[image]], [], new PairOptions());
        for (var i = 0; i < 50; i++)
        {
            var crop = new Crop(new float[2 * 1600], new float[2 * 1600], [.. Enumerable.Repeat(1f, 1600)], 0, 2, 40, 2);
            crops.Draw(crop, new SeededRandom(3, (ulong)i));
            Assert.All(crop.Input(0).ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Draw_TexturesAlone_AreWhatIsShown()
    {
        var dark = new CleanImage("dark", 64, 64, new float[64 * 64]);
        var bright = new CleanImage("bright", 64, 64, [.. Enumerable.Repeat(1f, 64 * 64)]);
        var appearance = AppearanceOptions.ShotNoise(1e9);
        var options = new PairOptions { Appearance = appearance, TextureShare = 0.25 };
        var crops = new PairCrops([[dark]], [bright], options);
        var shown = Enumerable.Range(0, 400).Count(i =>
        {
            var crop = new Crop(new float[2 * 256], new float[2 * 256], new float[256], 0, 2, 16, 2);
            crops.Draw(crop, new SeededRandom(5, (ulong)i));
            return crop.Input(1)[0] > 0.5f;
        });
        Assert.InRange(shown, 70, 130);
    }

    [Fact]
    public void Draw_FieldsOfSmallFrames_HaveTheWholePixelsOfTheirMeanTakenOff()
    {
        var options = new FieldOptions { SmallFrameShare = 1, StillShare = 0, LargestShift = 0, LongShare = 1 };
        for (var i = 0; i < 100; i++)
        {
            var (y, x) = (new float[64 * 64], new float[64 * 64]);
            KnownField.Draw(options, 64, new SeededRandom(2, (ulong)i)).Sample(64, 64, y, x);
            Assert.InRange(y.Average(), -0.55, 0.55);
            Assert.InRange(x.Average(), -0.55, 0.55);
            Assert.True(y.Concat(x).Max(Math.Abs) > 0.5, "Nothing moves.");
        }
    }

    [Fact]
    public void Draw_SeveralSources_ComeInTurnAndAreTheSameForASeed()
    {
        var sources = Enumerable.Range(0, 3).Select(i => new Constant(i)).ToArray();
        var steps = Enumerable.Range(0, 300).ToArray();
        var drawn = Array.ConvertAll(steps, step => Value(new VariedBatches(sources, 4).Draw(step)));
        Assert.Equal(drawn, Array.ConvertAll(steps, step => Value(new VariedBatches(sources, 4).Draw(step))));
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(drawn.Count(value => value == i), 70, 130));
    }

    private static float Value(TrainingBatch batch)
    {
        using (batch)
        {
            return batch.Input.item<float>();
        }
    }

    private sealed class Constant(float value) : IBatchSource
    {
        public TrainingBatch Draw(long step) => new(TorchSharp.torch.tensor(value), TorchSharp.torch.tensor(0f), null);
    }

    private static IEnumerable<float> Part(CleanImage image, int top, int left, int size) =>
        Enumerable.Range(0, size * size).Select(i => image.Light[((top + (i / size)) * image.Width) + left + (i % size)]);
}
