using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>How far blocks with the default halo are from the whole, on simulated tubules with noise.</summary>
public class TilingTests
{
    [Theory]
    [InlineData(10, "none", 0.01)]
    [InlineData(50, "none", 0.01)]
    [InlineData(100, "none", 0.01)]
    [InlineData(10, "nesterov", 0.01)]
    [InlineData(50, "nesterov", 0.01)]
    [InlineData(100, "nesterov", 0.01)]
    [InlineData(10, "biggs-andrews", 0.01)]
    [InlineData(50, "biggs-andrews", 0.01)]
    [InlineData(100, "biggs-andrews", 0.02)]
    public void Process_BlocksOfTubules_ComeCloseToTheWhole(int iterations, string acceleration, double most)
    {
        var sample = Phantom.Create(new PhantomOptions { Depth = 32, Height = 96, Width = 96 }, TestContext.Current.CancellationToken);
        var values = sample.Noisy.ToSingles();
        var image = Sample.Fill(32, 96, 96, (z, y, x) => values[(((z * 96) + y) * 96) + x]);
        var run = new OperationRun("deconvolve/richardson-lucy",
            ("iterations", (long)iterations), ("acceleration", acceleration), ("background", 106.0)).WithPsf(sample.Psf);

        var (whole, tiled) = (run.Whole(image), run.Tiled(image, 130_000));

        var error = Math.Sqrt(whole.Zip(tiled, (w, t) => Math.Pow(w - t, 2)).Sum() / whole.Sum(w => (double)w * w));
        TestContext.Current.TestOutputHelper!.WriteLine($"{iterations} iterations, acceleration {acceleration}: {100 * error:F3} %, {run.Plan(new VolumeShape(32, 96, 96)).Halo}");
        Assert.True(error < most, $"The blocks differ by {100 * error:F3} %.");
    }
}
