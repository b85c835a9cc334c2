using System.Buffers.Binary;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Quality on hollow bars, simulated by the authors of DeconvolutionLab2, with their kernel and the truth.</summary>
public class BarsAndBeadTests
{
    private const string Folder = "../shared/data/deconvolution/bars_and_bead";

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

        var result = new OperationRun("deconvolve/richardson-lucy", ("iterations", (long)iterations), ("edges", edges)).WithPsf(kernel).Whole(data);

        Assert.Equal(decibels, PeakSignalToNoise(result, Sample.ToSingles(truth)), 0.02);
    }

    /// <summary>In dB over the truth's range, after the gain that fits best.</summary>
    private static double PeakSignalToNoise(float[] result, float[] truth)
    {
        var gain = result.Zip(truth, (r, t) => (double)r * t).Sum() / result.Sum(r => (double)r * r);
        var error = result.Zip(truth, (r, t) => Math.Pow((gain * r) - t, 2)).Average();
        var range = (double)truth.Max() - truth.Min();
        return 10 * Math.Log10(range * range / error);
    }

    // Uncompressed float32 pages of one strip each, or strips in order; just enough to need no TIFF reader here.
    private static double[,,] Read(string name)
    {
        var path = Path.Combine(RepositoryRoot, Folder, name);
        Assert.SkipUnless(File.Exists(path), $"{Folder}/{name} is absent.");
        var bytes = File.ReadAllBytes(path);
        Assert.SkipUnless(bytes.AsSpan(0, 4).SequenceEqual("II*\0"u8), $"{name} is no little-endian TIFF.");
        var pages = new List<float[]>();
        for (var directory = Int32(bytes, 4); directory != 0; directory = Int32(bytes, directory + 2 + (12 * Int16(bytes, directory))))
        {
            pages.Add(Page(bytes, directory));
        }

        return pages;
    }
}
