using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>deconvolve/richardson-lucy against scikit-image and loops over torch.fft: speed, time to the same quality, memory.</summary>
/// <param name="sizes">Which volumes.</param>
internal sealed class RichardsonLucyBenchmark(RichardsonLucyBenchmark.Sizes sizes) : IBenchmark
{
    /// <summary>Which volumes are measured.</summary>
    internal enum Sizes
    {
        /// <summary>32x256x256 and 64x512x512.</summary>
        Usual,

        /// <summary>32x256x256.</summary>
        Small,

        /// <summary>128x1024x1024, or as many planes of it as the peers' memory allows.</summary>
        Largest,
    }

    // Of scikit-image and torch: padded arrays of complex numbers, several at a time.
    private const int PeerVolumes = 30;

    private static readonly int[] LargestDepths = [128, 96, 64, 32];
    private static readonly VolumeShape Smallest = new(32, 256, 256);
    private static readonly VolumeShape Middle = new(64, 512, 512);

    public string Name => sizes switch { Sizes.Small => "richardson-lucy-small", Sizes.Largest => "richardson-lucy-largest", _ => "richardson-lucy" };

    public string Summary => "deconvolve/richardson-lucy against scikit-image and loops over torch.fft, PSF 31x31x31, "
        + sizes switch { Sizes.Small => "32x256x256", Sizes.Largest => "the largest volume that fits", _ => "32x256x256 and 64x512x512" };

    public IReadOnlyList<string> Packages => ["python3-skimage", "python3-torch"];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        RichardsonLucyCase[] cases = sizes switch
        {
            Sizes.Small => [new(Smallest, 10, 5)],
            Sizes.Largest => [new(Largest(), 2, 2)],
            _ => [new(Smallest, 10, 5), new(Middle, 5, 3)],
        };
        foreach (var each in cases)
        {
            await each.RunAsync(log, cancellation);
        }

        List<Figure> figures = [.. cases.SelectMany(each => each.Figures)];
        List<Target> targets = [.. cases.SelectMany(each => each.Targets)];
        if (sizes != Sizes.Largest)
        {
            var (more, target) = SameQuality.Run(Smallest, cases[0].Prefix, log, cancellation);
            figures.AddRange(more);
            targets.Add(target);
        }

        return new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(cases[0].PeerVersions),
            Notes =
            [
                "Seconds are those of a whole job, its setup included, over its iterations; all start from a constant.",
                "scikit-image and the padded loop take what lies beyond the faces for zero; ours (padded) estimates it. They agree away from the faces.",
                "RedLionfish is not in this run: its figure is the periodic torch.fft loop's times 40.6 / 37.8, the two having been measured once beside each other.",
                "Peak memory is that of a process above what it had before the job, image and result included. The PSF's faint rim is cut off, "
                    + "so that one with light up to its faces takes more: docs/deconvolution.md.",
                "Same quality: simulated tubules, PSNR after a fit of gain and offset, scikit-image after 50 iterations against acceleration nesterov.",
            ],
        };
    }

    private static VolumeShape Largest()
    {
        var free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return LargestDepths.Select(depth => new VolumeShape(depth, 1024, 1024))
            .FirstOrDefault(shape => PeerVolumes * sizeof(float) * shape.ElementCount <= free, Middle);
    }
}
