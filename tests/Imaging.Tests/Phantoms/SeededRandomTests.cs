using System.Globalization;

namespace InferenceBridge.Imaging.Tests;

public class SeededRandomTests
{
    [Fact]
    public void NextBits_ReferenceState_EqualsReference()
    {
        var random = new SeededRandom(1, 2, 3, 4);

        foreach (var expected in ReferenceData.Values.Xoshiro)
        {
            Assert.Equal(ulong.Parse(expected, CultureInfo.InvariantCulture), random.NextBits());
        }
    }

    [Fact]
    public void SplitMix_KnownSeed_EqualsReference()
    {
        // First three of the author's splitmix64.c for the seed 1234567.
        ulong state = 1234567;

        Assert.Equal(6457827717110365317ul, SeededRandom.SplitMix(ref state));
        Assert.Equal(3203168211198807973ul, SeededRandom.SplitMix(ref state));
        Assert.Equal(9817491932198370423ul, SeededRandom.SplitMix(ref state));
    }

    [Fact]
    public void New_OtherSeedOrStream_GivesOtherNumbers()
    {
        var first = new[] { (1ul, 0ul), (2ul, 0ul), (0ul, 1ul), (1ul, 1ul), (0ul, 0ul) }
            .Select(seed => new SeededRandom(seed.Item1, seed.Item2).NextBits());

        Assert.Equal(5, first.Distinct().Count());
    }

    [Fact]
    public void NextGaussian_ManyNumbers_HaveStandardMoments()
    {
        var random = new SeededRandom(7);
        var values = Enumerable.Range(0, 200_000).Select(_ => random.NextGaussian()).ToArray();

        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
        Assert.Equal(3, values.Average(value => value * value * value * value), 0.15);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(3)]
    [InlineData(11.9)]
    [InlineData(12.1)]
    [InlineData(90)]
    [InlineData(1e6)]
    public void NextPoisson_ManyNumbers_HavePoissonMoments(double mean)
    {
        const int count = 200_000;
        var random = new SeededRandom(11);
        var values = Enumerable.Range(0, count).Select(_ => random.NextPoisson(mean)).ToArray();
        var average = values.Average();
        var variance = values.Average(value => Math.Pow(value - mean, 2));
        var third = values.Average(value => Math.Pow(value - mean, 3));

        // Five standard errors; mean, variance and third central moment of a Poisson number are all its mean.
        Assert.Equal(mean, average, 5 * Math.Sqrt(mean / count));
        Assert.Equal(mean, variance, 5 * Math.Sqrt(((2 * mean * mean) + mean) / count));
        Assert.Equal(mean, third, 5 * Math.Sqrt((mean + (25 * mean * mean) + (15 * mean * mean * mean)) / count));
        Assert.All(values, value => Assert.True(value >= 0 && value == Math.Floor(value)));
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(20)]
    public void NextPoisson_ManyNumbers_FollowTheDistribution(double mean)
    {
        const int count = 300_000;
        var random = new SeededRandom(5);
        var counts = new int[80];
        for (var i = 0; i < count; i++)
        {
            counts[(int)random.NextPoisson(mean)]++;
        }

        var probability = Math.Exp(-mean);
        for (var k = 0; k < 60; k++)
        {
            Assert.Equal(count * probability, counts[k], 5 * Math.Sqrt(count * probability) + 1);
            probability *= mean / (k + 1);
        }
    }

    [Fact]
    public void NextPoisson_ZeroMean_IsZero() => Assert.Equal(0, new SeededRandom(1).NextPoisson(0));
}
