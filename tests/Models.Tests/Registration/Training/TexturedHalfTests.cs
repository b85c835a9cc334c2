using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class TexturedHalfTests
{
    [Fact]
    public void Of_StructureOnOneSide_IsThatSide()
    {
        const int side = 64;
        var random = new SeededRandom(3);
        var image = Enumerable.Range(0, side * side).Select(i => i % side < side / 2 ? (float)random.NextUniform() : 0.5f).ToArray();
        var textured = TexturedHalf.Of(image, side, side);
        Assert.Equal(side * side / 2, textured.Count(value => value));

        // Smoothing blurs the border by a few px.
        Assert.All(Enumerable.Range(0, side * side).Where(i => i % side < 24), i => Assert.True(textured[i]));
        Assert.All(Enumerable.Range(0, side * side).Where(i => i % side > 40), i => Assert.False(textured[i]));
    }

    [Fact]
    public void Error_OfAShift_IsItsLengthEverywhere()
    {
        var pair = new ValidationPair("x", 4, new float[32], [.. Enumerable.Repeat(3f, 16), .. Enumerable.Repeat(-4f, 16)], [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0)]);
        Assert.Equal((5, 5), FlowRun.Error(new float[32], pair));
        var (all, textured) = FlowRun.Error([.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 3f : 0), .. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? -4f : 0)], pair);
        Assert.Equal((2.5, 0), (all, textured));
    }
}
