using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>deconvolve/richardson-lucy against scikit-image's richardson_lucy, per iteration.</summary>
internal sealed class RichardsonLucyBenchmark : IBenchmark
{
    private const int Iterations = 10;
    private const int Rounds = 5;
    private const double PsfSigma = 2.5;

    private static readonly VolumeShape Shape = new(32, 256, 256);
    private static readonly VolumeShape PsfShape = new(31, 31, 31);

    public string Name => "richardson-lucy";

    public string Summary => "deconvolve/richardson-lucy against scikit-image's richardson_lucy, per iteration, 32x256x256, PSF 31x31x31";

    public IReadOnlyList<string> Packages => ["python3-skimage"];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var image = TestImage.Create(Shape);
        using var psf = TestImage.GaussianPsf(PsfShape.Width, PsfSigma);
        using var imageFile = new RawFile(image.ToSingles());
        using var psfFile = new RawFile(psf.ToSingles());
        using var theirs = PeerProcess.Start(
            "richardson_lucy.py", imageFile.Path, TestImage.Text(Shape), psfFile.Path, TestImage.Text(PsfShape), Iterations);
        using var padded = Ours(image, psf, "padded");
        using var periodic = Ours(image, psf, "periodic");
        log("warming up");
        padded.Run();
        periodic.Run();
        theirs.Run();
        var difference = TestImage.RootMeanSquareDifference(Interior(padded.Result), Interior(theirs.Result()));

        const string Unit = "s/iteration";
        var (our, ourPeriodic, their) = (new Samples("rl_padded_ours_s_per_iteration", Unit),
            new Samples("rl_periodic_ours_s_per_iteration", Unit), new Samples("rl_skimage_s_per_iteration", Unit));
        for (var round = 1; round <= Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            our.Add(padded.Run() / Iterations);
            ourPeriodic.Add(periodic.Run() / Iterations);
            their.Add(theirs.Run() / Iterations);
            log($"round {round} of {Rounds}: ours {our.Last:0.0000}, periodic {ourPeriodic.Last:0.0000}, scikit-image {their.Last:0.0000} s an iteration");
        }

        double Throughput(Samples seconds) => Shape.ElementCount / seconds.Median / 1e6;
        const string Speed = "Mvoxel·iterations/s";
        return Task.FromResult(new BenchmarkResult(
            [
                .. our.Figures(), .. ourPeriodic.Figures(), .. their.Figures(),
                new("rl_padded_ours_mvoxel_iterations_per_s", Throughput(our), Speed),
                new("rl_periodic_ours_mvoxel_iterations_per_s", Throughput(ourPeriodic), Speed),
                new("rl_skimage_mvoxel_iterations_per_s", Throughput(their), Speed),
                new("rl_padded_speedup", their.RatioTo(our)), new("rl_periodic_speedup", their.RatioTo(ourPeriodic)),
                new("rl_interior_rms_difference_of_range", difference),
                new("iterations", Iterations), new("rounds", Rounds),
            ],
            [new("rl_padded_speedup", 1.8)])
        {
            Versions = Versions.With(theirs.Versions),
            Notes =
            [
                "Seconds are those of a whole job, its setup included, over its iterations.",
                "scikit-image takes what lies beyond the faces for zero; ours (padded) estimates it. They agree away from the faces; both "
                    + "start from a constant here. Periodic edges do less work and are no fair comparison with it.",
            ],
        });
    }

    private static InProcessOperation Ours(MemoryVolume image, MemoryVolume psf, string edges) => new("deconvolve/richardson-lucy",
        new Dictionary<string, object> { ["iterations"] = (long)Iterations, ["edges"] = edges, ["start"] = "mean" },
        image, new Dictionary<string, MemoryVolume> { ["psf"] = psf });

    /// <summary>What lies at least a PSF's radius from every face but those in z, and half of one from those.</summary>
    private static List<float> Interior(IReadOnlyList<float> values)
    {
        var margin = PsfShape.Width / 2;
        var interior = new List<float>();
        for (var z = margin / 2; z < Shape.Depth - (margin / 2); z++)
        {
            for (var y = margin; y < Shape.Height - margin; y++)
            {
                for (var x = margin; x < Shape.Width - margin; x++)
                {
                    interior.Add(values[(((z * Shape.Height) + y) * Shape.Width) + x]);
                }
            }
        }

        return interior;
    }
}
