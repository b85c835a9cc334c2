using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class RichardsonLucyVariantsTests
{
    private const double Tolerance = 3e-4;

    [Theory]
    [InlineData(5, 11, 12, 3, 5, 4, 15)]
    [InlineData(1, 13, 17, 1, 3, 5, 9)]
    [InlineData(7, 1, 8, 2, 1, 3, 6)]
    [InlineData(1, 1, 1, 1, 1, 1, 4)]
    public void Process_Accelerated_EqualsReference(int depth, int height, int width, int psfDepth, int psfHeight, int psfWidth, int iterations)
    {
        var (image, psf) = (Sample.Image(depth, height, width), Sample.Psf(psfDepth, psfHeight, psfWidth));

        var result = Run(psf, ("iterations", (long)iterations), ("acceleration", "biggs-andrews")).Whole(image);

        Near.Equal(new PeriodicReference(psf, iterations) { Accelerated = true }.Deconvolve(image), result, Tolerance);
    }

    [Fact]
    public void Process_Nesterov_EqualsReference()
    {
        var (image, psf) = (Sample.Image(5, 11, 12), Sample.Psf(3, 5, 4));

        var result = Run(psf, ("iterations", 15L), ("acceleration", "nesterov")).Whole(image);

        // α = (k − 1) / (k + 2) for the prediction that iteration k + 1 starts from.
        var reference = new PeriodicReference(psf, 15) { Accelerated = true, Momentum = k => (k - 1.0) / (k + 2.0) };
        Near.Equal(reference.Deconvolve(image), result, Tolerance);
    }

    [Theory]
    [InlineData(5, 11, 12, 3, 5, 4, 0.01)]
    [InlineData(1, 13, 17, 1, 3, 5, 0.05)]
    [InlineData(6, 7, 1, 3, 2, 1, 0.002)]
    public void Process_TotalVariation_EqualsReference(int depth, int height, int width, int psfDepth, int psfHeight, int psfWidth, double weight)
    {
        var (image, psf) = (Sample.Image(depth, height, width), Sample.Psf(psfDepth, psfHeight, psfWidth));

        var result = Run(psf, ("iterations", 8L), ("regularisation", "total-variation"), ("regularisation_weight", weight)).Whole(image);

        Near.Equal(new PeriodicReference(psf, 8) { TotalVariation = weight }.Deconvolve(image), result, Tolerance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Process_Tikhonov_EqualsReference(bool accelerated)
    {
        var (image, psf) = (Sample.Image(5, 9, 14), Sample.Psf(3, 4, 5));
        var run = new OperationRun("deconvolve/richardson-lucy", ("iterations", 9L), ("regularisation", "tikhonov"), ("regularisation_weight", 0.02),
            ("edges", "periodic"), ("psf_centring", "middle"), ("acceleration", accelerated ? "biggs-andrews" : "none"))
        {
            Statistics = new IntensityStatistics(0, 400, 250, 80, 1),
        }.WithPsf(psf);

        Assert.True(run.Plan(new VolumeShape(5, 9, 14)).NeedsStatistics);
        Near.Equal(
            new PeriodicReference(psf, 9) { Tikhonov = 0.02, Light = 250, Accelerated = accelerated }.Deconvolve(image), run.Whole(image), Tolerance);
    }

    [Fact]
    public void Process_TotalVariationOnNoise_LeavesLessOfIt()
    {
        var noise = Sample.Fill(4, 20, 20, (z, y, x) => 500 + (100 * Math.Sin((z * 91.7) + (y * 57.3) + (x * x * 12.9))));
        var psf = Sample.Psf(3, 3, 3);
        double Spread(float[] values) => values.Select(value => Math.Pow(value - values.Average(), 2)).Average();

        var plain = Run(psf, ("iterations", 30L)).Whole(noise);
        var smooth = Run(psf, ("iterations", 30L), ("regularisation", "total-variation"), ("regularisation_weight", 0.05)).Whole(noise);

        Assert.True(Spread(smooth) < 0.5 * Spread(plain), $"{Spread(smooth)} beside {Spread(plain)}.");
        Assert.Equal(plain.Average(), smooth.Average(), 0.02 * plain.Average());
    }

    [Theory]
    [InlineData("padded")]
    [InlineData("periodic")]
    public void Process_Accelerated_GetsFurtherInFewerIterations(string edges)
    {
        var (image, psf) = (Sample.Image(6, 20, 20), Sample.Psf(3, 5, 5));
        double Residual(long iterations, bool accelerated)
        {
            var run = new OperationRun("deconvolve/richardson-lucy", ("iterations", iterations), ("acceleration", accelerated ? "biggs-andrews" : "none"), ("edges", edges)).WithPsf(psf);
            run.Whole(image);
            return double.Parse(run.Details["residual"], CultureInfo.InvariantCulture);
        }

        Assert.True(Residual(15, true) < Residual(40, false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Process_StopBelow_StopsAtTheIterationThatChangedLess(bool accelerated)
    {
        var (image, psf) = (Sample.Image(4, 12, 11), Sample.Psf(3, 3, 3));
        var reference = new PeriodicReference(psf, 30) { Accelerated = accelerated };
        reference.Deconvolve(image);
        var (before, after) = (reference.Changes[11], reference.Changes[12]);
        Assert.True(after < before);
        var expected = 1 + reference.Changes.FindIndex(change => change < (before + after) / 2);
        var run = Run(psf, ("iterations", 30L), ("acceleration", accelerated ? "biggs-andrews" : "none"), ("stop_below", (before + after) / 2));

        run.Whole(image);

        Assert.Equal($"{expected}", run.Details["iterations_run"]);
    }

    [Fact]
    public void Process_StopBelowOnAConstantImage_StopsAtOnce()
    {
        var run = Run(Sample.Psf(3, 3, 3), ("iterations", 50L), ("stop_below", 0.001));

        run.Whole(Sample.Fill(4, 8, 8, (_, _, _) => 300));

        Assert.Equal("1", run.Details["iterations_run"]);
    }

    [Fact]
    public void Process_Listener_HearsOfEveryIteration()
    {
        using var job = Run(Sample.Psf(3, 3, 3), ("iterations", 4L)).Start(new VolumeShape(4, 8, 8));
        using var tile = OperationRun.ToTensor(Sample.Image(4, 8, 8));
        var heard = new List<(int, int)>();

        job.Process(tile, new TileContext(0, TestContext.Current.CancellationToken) { Iterated = (done, most) => heard.Add((done, most)) }).Dispose();

        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], heard);
    }

    [Fact]
    public void Process_CancelledByItsListener_StopsBeforeTheNextIterationEnds()
    {
        using var cancellation = new CancellationTokenSource();
        using var job = Run(Sample.Psf(3, 3, 3), ("iterations", 1000L)).Start(new VolumeShape(4, 8, 8));
        using var tile = OperationRun.ToTensor(Sample.Image(4, 8, 8));
        var iterations = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => job.Process(tile, new TileContext(0, cancellation.Token)
        {
            Iterated = (done, _) =>
            {
                iterations = done;
                if (done == 3)
                {
                    cancellation.Cancel();
                }
            },
        }));

        Assert.Equal(3, iterations);
    }

    [Fact]
    public void Process_AnyVariant_NamesItselfAndItsResidual()
    {
        var (image, psf) = (Sample.Image(4, 9, 9), Sample.Psf(3, 3, 3));
        var run = Run(psf, ("iterations", 1L), ("acceleration", "biggs-andrews"), ("regularisation", "total-variation"));

        run.Whole(image);

        Assert.Equal("Richardson–Lucy, Biggs–Andrews acceleration, total variation", run.Details["algorithm"]);
        Assert.Equal("1", run.Details["iterations_run"]);
        Assert.Equal("input, 3×3×3, centre 1, 1, 1", run.Details["psf"]);

        // One iteration compares the image, blurred once, with the image.
        var blurred = new PeriodicBlur(psf).Apply(image);
        var expected = Math.Sqrt(blurred.Zip(image.Cast<double>(), (m, y) => (m - y) * (m - y)).Sum() / image.Cast<double>().Sum(y => y * y));
        Assert.Equal(expected, double.Parse(run.Details["residual"], CultureInfo.InvariantCulture), 1e-3);
    }

    private static OperationRun Run(double[,,] psf, params (string Name, object Value)[] parameters) => new OperationRun("deconvolve/richardson-lucy",
        [.. parameters, ("psf_centring", "middle"), ("edges", "periodic")]).WithPsf(psf);
}
