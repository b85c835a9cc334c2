namespace InferenceBridge.Imaging.Tests;

public class SelectionTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(16, 1000)]
    [InlineData(17, 1000)]
    [InlineData(1000, 3)]
    [InlineData(1001, 1)]
    [InlineData(4096, 100000)]
    public void Nth_EveryTenth_EqualsSorted(int count, int limit)
    {
        var values = ReferenceData.Noise(6, count, limit);
        var sorted = values.Order().ToArray();
        for (var n = 0; n < count; n += Math.Max(1, count / 10))
        {
            Assert.Equal(sorted[n], Selection.Nth((int[])values.Clone(), n));
        }
    }

    [Fact]
    public void Nth_SortedBothWays_EqualsSorted()
    {
        var rising = Enumerable.Range(0, 999).ToArray();

        Assert.Equal(500, Selection.Nth((int[])rising.Clone(), 500));
        Assert.Equal(500, Selection.Nth([.. rising.Reverse()], 500));
    }

    [Fact]
    public void Median_EvenNumber_IsMeanOfMiddleTwo() => Assert.Equal(2.5, Selection.Median([4, 1, 3, 2]));
}
