using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public class StabilisedDomainTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(300)]
    public void Expected_PoissonMean_IsTheMeanOfTheTransform(double photons)
    {
        // Σ p(k) 2 √(k + 3/8) for the Poisson law; the closed form of the inverse is an approximation, good to about 0.02 here.
        var (probability, expected) = (Math.Exp(-photons), 0d);
        for (var k = 0; k < 600; k++)
        {
            expected += probability * 2 * Math.Sqrt(k + 0.375);
            probability *= photons / (k + 1);
        }

        Assert.Equal(expected, new AnscombeTransform(1, 0, 0).Expected(photons), 0.03);
        Assert.Equal(expected, new AnscombeTransform(3, 100, 0).Expected((3 * photons) + 100), 0.03);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(150)]
    [InlineData(4000)]
    public void Inverse_OfExpected_IsTheMean(double mean)
    {
        var domain = StabilisedDomain.From(new NoiseLaw(2, -2 * 100 + 9), 500)!;
        using var expected = tensor(new[] { domain.Expected(mean) });
        using var back = domain.Inverse(expected);
        Assert.Equal(mean, back.item<float>(), mean * 1e-4);
    }

    [Fact]
    public void Forward_PoissonNoise_HasOneStandardDeviation()
    {
        var random = new SeededRandom(4);
        var domain = StabilisedDomain.From(new NoiseLaw(1, 0), 50)!;
        foreach (var mean in new[] { 10d, 50, 400 })
        {
            var values = Enumerable.Range(0, 20000).Select(_ => (double)domain.Forward(random.NextPoisson(mean)) * StabilisedDomain.Scale).ToArray();
            var average = values.Average();
            Assert.Equal(1, Math.Sqrt(values.Average(value => (value - average) * (value - average))), 0.03);
        }
    }

    [Theory]
    [InlineData(2, -191)]
    [InlineData(0, 49)]
    public void Forward_Tensor_IsThatOfEachValue_AndRestoreTakesItBack(double gain, double variance)
    {
        var domain = StabilisedDomain.From(new NoiseLaw(gain, variance), 300)!;
        using var image = tensor(new float[] { 120, 300, 5000 });
        using var forward = domain.Forward(image);
        using var back = domain.Restore(forward);
        Assert.Equal(image.data<float>().Select(value => domain.Forward(value)), forward.data<float>(), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(image.data<float>(), back.data<float>(), (a, b) => Math.Abs(a - b) < 1e-2);
        Assert.Equal(0, domain.Forward(300.0), 5);
    }

    [Fact]
    public void From_NoNoise_IsNull()
    {
        Assert.Null(StabilisedDomain.From(null, 3));
        Assert.Null(StabilisedDomain.From(new NoiseLaw(0, 0), 3));
    }
}
