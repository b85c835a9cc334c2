namespace InferenceBridge.Imaging.Tests;

public sealed class NoiseLawEstimatorTests
{
    private const int Size = 256;

    [Theory]
    [InlineData(5, 1, 0, 0)]
    [InlineData(100, 1, 0, 0)]
    [InlineData(1000, 1, 0, 0)]
    [InlineData(20, 2, 100, 3)]
    [InlineData(200, 0.5, 10, 5)]
    public void Estimate_PhotonsThroughACamera_IsTheLawThatWasPutIn(double peak, double gain, double offset, double readNoise)
    {
        var random = new Random(7);
        var plane = Scene(peak, (photons, _) => offset + (gain * Poisson(random, photons)) + (readNoise * Normal(random)));

        var law = Estimate(plane)!;

        // Where the signal is: the constant part alone is an extrapolation.
        Assert.InRange(law.Gain, 0.85 * gain, 1.15 * gain);
        foreach (var photons in new[] { 0.1 * peak, 0.5 * peak, peak })
        {
            var expected = Math.Sqrt((gain * gain * photons) + (readNoise * readNoise));
            Assert.InRange(law.StandardDeviationAt(offset + (gain * photons)), 0.88 * expected, 1.12 * expected);
        }
    }

    [Fact]
    public void Estimate_NoiseOfOneStrength_DoesNotGrowMuchWithTheSignal()
    {
        var random = new Random(3);
        var law = Estimate(Scene(1000, (photons, _) => photons + (10 * Normal(random))))!;

        Assert.InRange(law.StandardDeviationAt(100), 9, 11);
        Assert.InRange(law.StandardDeviationAt(1000), 9, 12);
    }

    [Fact]
    public void Estimate_StructureWithoutNoiseInAFifth_IsNotTakenForNoise()
    {
        // Stripes of a period of three pixels are what the mask sees best.
        var random = new Random(5);
        var law = Estimate(Scene(100, (photons, at) => Poisson(random, photons) + (at < Size * Size / 5 ? 60 * (at % 3) : 0)))!;

        Assert.InRange(law.StandardDeviationAt(50), 0.85 * Math.Sqrt(50), 1.25 * Math.Sqrt(50));
    }

    [Fact]
    public void Estimate_ManyPlanes_IsThatOfOne()
    {
        var (one, many) = (new NoiseLawEstimator(), new NoiseLawEstimator());
        var random = new Random(9);
        for (var i = 0; i < 40; i++)
        {
            var plane = Scene(50, (photons, _) => Poisson(random, photons));
            many.Add(plane, Size, Size);
            if (i == 0)
            {
                one.Add(plane, Size, Size);
            }
        }

        Assert.Equal(one.Estimate()!.Gain, many.Estimate()!.Gain, 0.1);
        Assert.Equal(1, many.Estimate()!.Gain, 0.08);
    }

    [Fact]
    public void Estimate_SaturatedPart_IsLeftOut()
    {
        var random = new Random(11);
        var law = Estimate(Scene(1000, (photons, _) => Math.Min(500, Poisson(random, photons))))!;

        Assert.InRange(law.StandardDeviationAt(200), 0.85 * Math.Sqrt(200), 1.15 * Math.Sqrt(200));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 300)]
    [InlineData(11, 11)]
    public void Estimate_TooSmall_IsNull(int height, int width) =>
        Assert.Null(Estimate([.. Enumerable.Range(0, height * width).Select(i => (float)(i * 7919 % 101))], height, width));

    [Fact]
    public void Estimate_ConstantOrNonFinite_IsNull()
    {
        Assert.Null(Estimate(new float[Size * Size]));
        Assert.Null(Estimate([.. Enumerable.Repeat(float.NaN, Size * Size)]));
    }

    [Fact]
    public void Add_WrongLength_Throws() =>
        Assert.Throws<ArgumentException>(() => new NoiseLawEstimator().Add(new float[5], 2, 3));

    private static NoiseLaw? Estimate(float[] plane, int height = Size, int width = Size)
    {
        var estimator = new NoiseLawEstimator();
        estimator.Add(plane, height, width);
        return estimator.Estimate();
    }

    /// <summary>A disc with a soft edge over a twentieth of its brightness; and each pixel's number.</summary>
    private static float[] Scene(double peak, Func<double, int, double> pixel) =>
    [
        .. Enumerable.Range(0, Size * Size).Select(at =>
        {
            var (y, x) = ((at / Size) - 128d, (at % Size) - 128d);
            return (float)pixel(peak * (0.05 + (0.95 * Math.Exp(-((y * y) + (x * x)) / 5000))), at);
        }),
    ];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Knuth's product of uniform numbers, in steps that do not underflow.</summary>
    private static int Poisson(Random random, double mean)
    {
        var count = 0;
        for (var left = mean; left > 0; left -= 30)
        {
            var limit = Math.Exp(-Math.Min(left, 30));
            for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
            {
                count++;
            }
        }

        return count;
    }
}
