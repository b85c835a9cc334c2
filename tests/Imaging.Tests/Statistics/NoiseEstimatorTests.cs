namespace InferenceBridge.Imaging.Tests;

public class NoiseEstimatorTests
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, ReferenceData.Values.Sigmas.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Add_ReferencePlane_EqualsScikitImage(int index)
    {
        var expected = ReferenceData.Values.Sigmas[index];
        var (height, width) = (expected.Height, expected.Width);
        var plane = Array.ConvertAll(ReferenceData.Noise((ulong)((height * 1000) + width), height * width, 41), value => 100f + value);
        if (expected.Masked)
        {
            plane.AsSpan(0, height / 2 * width).Clear();
        }

        var actual = new NoiseEstimator().Add(plane, height, width);

        Assert.Equal(expected.Sigma, actual!.Value, 1e-9);
    }

    [Fact]
    public void StandardDeviation_GaussianNoiseOnSlope_IsCloseToItsSigma()
    {
        var random = new SeededRandom(4);
        var plane = new float[256 * 256];
        for (var i = 0; i < plane.Length; i++)
        {
            plane[i] = (float)((i % 256 * 3) + (12 * random.NextGaussian()));
        }

        var estimator = new NoiseEstimator();
        estimator.Add(plane, 256, 256);

        Assert.Equal(12, estimator.StandardDeviation, 0.3);
    }

    [Fact]
    public void StandardDeviation_SeveralPlanes_IsTheirMedian()
    {
        var estimator = new NoiseEstimator();
        var sigmas = new List<double>();
        foreach (var limit in new[] { 200, 10, 30, 1000 })
        {
            sigmas.Add(estimator.Add(Array.ConvertAll(ReferenceData.Noise(3, 400, limit), value => (float)value), 20, 20)!.Value);
        }

        sigmas.Sort();
        Assert.Equal((sigmas[1] + sigmas[2]) / 2, estimator.StandardDeviation, 1e-12);
    }

    [Fact]
    public void Add_PlaneWithoutDetail_DoesNotCount()
    {
        var estimator = new NoiseEstimator();

        Assert.Null(estimator.Add([5], 1, 1));
        Assert.Null(estimator.Add(new float[12], 3, 4));
        Assert.Equal(0, estimator.StandardDeviation);
    }

    [Fact]
    public void Add_NaN_SpoilsOnlyItsNeighbours()
    {
        var plane = Array.ConvertAll(ReferenceData.Noise(8, 4096, 100), value => (float)value);
        var clean = new NoiseEstimator().Add(plane, 64, 64)!.Value;
        plane[777] = float.NaN;

        Assert.Equal(clean, new NoiseEstimator().Add(plane, 64, 64)!.Value, 0.02 * clean);
    }

    [Fact]
    public void Add_WrongLength_Throws() => Assert.Throws<ArgumentException>(() => new NoiseEstimator().Add(new float[5], 2, 3));
}
