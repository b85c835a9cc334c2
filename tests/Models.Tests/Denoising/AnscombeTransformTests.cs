using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class AnscombeTransformTests
{
    [Theory]
    [InlineData(1.0, 0.0, 0.0, 4.0)]
    [InlineData(2.2, 100.0, 3.0, 150.0)]
    public void Forward_Value_IsTwiceTheRootOfShiftedPhotons(double gain, double offset, double readNoise, double value)
    {
        using var image = torch.tensor(new[] { (float)value });
        using var result = new AnscombeTransform(gain, offset, readNoise).Forward(image);

        var read = readNoise / gain;
        Assert.Equal(2 * Math.Sqrt(((value - offset) / gain) + 0.375 + (read * read)), result.item<float>(), 1e-4);
    }

    [Fact]
    public void Forward_FarBelowTheOffset_IsZero()
    {
        using var image = torch.tensor(new[] { -1000f });
        using var result = new AnscombeTransform(1, 0, 2).Forward(image);

        Assert.Equal(0, result.item<float>());
    }

    // The inverse is exact for the mean: from E[f(z)] for z ~ Poisson(λ) it must give λ, unlike the algebraic inverse of f.
    [Theory]
    [InlineData(0.5, 0.04)]
    [InlineData(2, 0.04)]
    [InlineData(5, 0.02)]
    [InlineData(30, 0.03)]
    public void Inverse_MeanOfTransformedPoisson_IsThePoissonMean(double mean, double tolerance)
    {
        double expectation = 0, probability = Math.Exp(-mean);
        for (var count = 0; count < 200; count++)
        {
            expectation += probability * 2 * Math.Sqrt(count + 0.375);
            probability *= mean / (count + 1);
        }

        using var transformed = torch.tensor(new[] { (float)expectation });
        using var result = new AnscombeTransform(1, 0, 0).Inverse(transformed);

        Assert.Equal(mean, result.item<float>(), tolerance);
    }

    [Fact]
    public void Inverse_NoLight_IsTheOffset()
    {
        using var transformed = torch.tensor(new[] { 0f, 0.5f, 1.2f });
        using var result = new AnscombeTransform(2.5, 98, 0).Inverse(transformed);

        Assert.All(result.data<float>().ToArray(), value => Assert.Equal(98, value, 1e-3));
    }

    [Fact]
    public void Process_GainAndOffset_ScaleTheResultAlike()
    {
        // The same photons through another camera.
        var photons = Sample.Image(1, 20, 22);
        var camera = Sample.Fill(1, 20, 22, (z, y, x) => (photons[z, y, x] * 4) + 100);

        var plain = new OperationRun("denoise/nlm", ("anscombe", true), ("gain", 1.0), ("patch_distance", 3L)).Whole(photons);
        var scaled = new OperationRun("denoise/nlm", ("anscombe", true), ("patch_distance", 3L), ("gain", 4.0), ("offset", 100.0)).Whole(camera);

        Near.Equal([.. plain.Select(value => (value * 4) + 100)], scaled, 1e-5);
        Assert.NotEqual(Sample.ToSingles(photons), plain);
    }

    [Fact]
    public void Process_NoGain_TakesTheEstimatedLawAndSaysWhich()
    {
        var photons = Sample.Image(1, 20, 23);
        var estimated = new OperationRun("denoise/nlm", ("anscombe", true), ("patch_distance", 3L))
        {
            Statistics = new IntensityStatistics(0, 1, 0.5, 0.1, 3, new NoiseLaw(2, -60)),
        };
        var given = new OperationRun("denoise/nlm", ("anscombe", true), ("patch_distance", 3L), ("gain", 2.0), ("offset", 30.0));

        Assert.Equal(given.Whole(photons), estimated.Whole(photons));
        Assert.Equal((2.0, 30.0), (estimated.EstimatedParameters["gain"], estimated.EstimatedParameters["offset"]));
        Assert.Empty(estimated.Warnings);
        Assert.True(estimated.Plan(new VolumeShape(1, 20, 23)) is { NeedsStatistics: true, NeedsNoiseLaw: true });
        Assert.False(given.Plan(new VolumeShape(1, 20, 23)).NeedsNoiseLaw);
    }

    [Fact]
    public void Process_NoiseThatDoesNotGrow_IsNotStabilisedAndSaysSo()
    {
        var image = Sample.Image(1, 20, 23);
        var statistics = new IntensityStatistics(0, 1, 0.5, 0.1, 3, new NoiseLaw(0, 9));
        var asked = new OperationRun("denoise/nlm", ("anscombe", true), ("patch_distance", 3L)) { Statistics = statistics };
        var plain = new OperationRun("denoise/nlm", ("patch_distance", 3L)) { Statistics = statistics };

        Assert.Equal(plain.Whole(image), asked.Whole(image));
        Assert.Contains("not stabilised", Assert.Single(asked.Warnings), StringComparison.Ordinal);
    }
}
