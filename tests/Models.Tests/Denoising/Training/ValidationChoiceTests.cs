using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class ValidationChoiceTests
{
    [Fact]
    public void Spread_FilesInSetsOfThree_TakesOfEachKindAlike()
    {
        var names = Enumerable.Range(0, 36).Select(i => (Field: i / 3, Channel: i % 3)).ToArray();
        var chosen = DenoisingDataLoader.Spread(names).ToArray();
        Assert.Equal(Enumerable.Range(0, 12), chosen.Select(name => name.Field));
        Assert.All(Enumerable.Range(0, 3), channel => Assert.Equal(4, chosen.Count(name => name.Channel == channel)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(100)]
    public void Spread_AnyNumber_TakesNoneTwice(int count)
    {
        var chosen = DenoisingDataLoader.Spread(Enumerable.Range(0, count).ToArray()).ToArray();
        Assert.Equal(chosen.Distinct().Order(), chosen);
        Assert.Equal(Math.Min(count, 12), chosen.Length);
    }
}
