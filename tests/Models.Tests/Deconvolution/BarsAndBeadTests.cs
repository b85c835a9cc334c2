using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Quality on hollow bars, simulated by the authors of DeconvolutionLab2, with their kernel and the truth.</summary>
public class BarsAndBeadTests
{
    private const string Folder = "deconvolution/bars_and_bead";

    // A plain loop in float64 and DeconvolutionLab2, both periodic and started from the data, reach 27.50, 28.69 and 28.96 dB; padded
    // edges differ a little, for the data were blurred periodically.
    [Theory]
    [InlineData("periodic", 10, 27.50)]
    [InlineData("periodic", 50, 28.69)]
    [InlineData("periodic", 100, 28.96)]
    [InlineData("padded", 10, 27.39)]
    [InlineData("padded", 100, 28.84)]
    public void Process_Bars_ReachesThePeersQuality(string edges, int iterations, double decibels)
    {
        var (data, kernel, truth) = (Read("bars-25pct_data.tif"), Read("bars-25pct_kernel.tif"), Read("bars-25pct_actual.tif"));

        var result = new OperationRun("deconvolve/richardson-lucy",
            ("iterations", (long)iterations), ("edges", edges), ("psf_centring", "middle")).WithPsf(kernel).Whole(data);

        Assert.Equal(decibels, PeakSignalToNoise(result, Sample.ToSingles(truth)), 0.02);
    }

    // The kernel's light is centred half a voxel off its middle voxel, and the data show it: centring it wins several dB.
    [Theory]
    [InlineData("periodic", 10, "none", 27.50)]
    [InlineData("periodic", 50, "none", 28.69)]
    [InlineData("periodic", 100, "none", 28.96)]
    [InlineData("periodic", 100, "biggs-andrews", 33)]
    [InlineData("periodic", 100, "nesterov", 33)]
    [InlineData("padded", 100, "biggs-andrews", 32)]
    public void Process_BarsWithCentredKernel_BeatsThePeers(string edges, int iterations, string acceleration, double atLeast)
    {
        var (data, kernel, truth) = (Read("bars-25pct_data.tif"), Read("bars-25pct_kernel.tif"), Read("bars-25pct_actual.tif"));

        var result = new OperationRun("deconvolve/richardson-lucy",
            ("iterations", (long)iterations), ("edges", edges), ("acceleration", acceleration)).WithPsf(kernel).Whole(data);

        var decibels = PeakSignalToNoise(result, Sample.ToSingles(truth));
        TestContext.Current.TestOutputHelper!.WriteLine($"{edges}, {iterations} iterations: {decibels:F2} dB");
        Assert.True(decibels >= atLeast, $"{decibels:F2} dB; expected: at least {atLeast}.");
    }

    /// <summary>In dB over the truth's range, after the gain that fits best.</summary>
    private static double PeakSignalToNoise(float[] result, float[] truth)
    {
        var gain = result.Zip(truth, (r, t) => (double)r * t).Sum() / result.Sum(r => (double)r * r);
        var error = result.Zip(truth, (r, t) => Math.Pow((gain * r) - t, 2)).Average();
        var range = (double)truth.Max() - truth.Min();
        return 10 * Math.Log10(range * range / error);
    }

    private static double[,,] Read(string name)
    {
        using var file = VolumeFile.OpenRead(RealData.Require($"{Folder}/{name}"));
        var (shape, values) = (file.Info.Shape, MemoryVolume.From(file).ToSingles());

        // A plain TIFF of many pages: the pages are slices, whatever axis the reader takes them for.
        return Sample.Fill((int)shape.PlaneCount, shape.Height, shape.Width, (z, y, x) => values[(((z * shape.Height) + y) * shape.Width) + x]);
    }
}
