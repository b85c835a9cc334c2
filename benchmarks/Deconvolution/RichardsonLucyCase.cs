using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>One size of volume: ours, scikit-image and loops over torch.fft in turn, and the peak of ours' memory.</summary>
/// <param name="shape">The volume; its sizes are multiples of 32, 256 and 256.</param>
/// <param name="iterations">Of each run.</param>
/// <param name="rounds">Measured after one that warms up.</param>
internal sealed class RichardsonLucyCase(VolumeShape shape, int iterations, int rounds)
{
    /// <summary>The operation.</summary>
    public const string Id = "deconvolve/richardson-lucy";

    // Measured once beside each other, in Mvoxel·iterations/s on 32x256x256: RedLionfish's CPU path and a periodic torch.fft loop.
    private const double RedLionfishOverTorch = 40.6 / 37.8;
    private const int PsfSize = 31;
    private const double PsfSigma = 2.5;

    private static readonly VolumeShape Base = new(32, 256, 256);

    /// <summary>Figures of this size begin with it.</summary>
    public string Prefix => $"rl_{TestImage.Text(shape)}_";

    public List<Figure> Figures { get; } = [];

    public List<Target> Targets { get; } = [];

    public Dictionary<string, string> PeerVersions { get; } = [];

    /// <summary>The PSF of all sizes, 31x31x31.</summary>
    public static MemoryVolume Psf() => TestImage.GaussianPsf(PsfSize, PsfSigma);

    public async Task RunAsync(Action<string> log, CancellationToken cancellation)
    {
        Time(log, cancellation);
        foreach (var (edges, acceleration) in new[] { ("padded", "none"), ("periodic", "none"), ("padded", "nesterov"), ("padded", "biggs-andrews") })
        {
            var peak = await DeconvolutionPeak.MeasureAsync(shape, edges, acceleration, cancellation);
            var name = $"{Prefix}{edges}_{(acceleration == "none" ? "" : $"{acceleration.Replace('-', '_')}_")}peak_volumes";
            Figures.Add(new(name, peak / (double)sizeof(float) / shape.ElementCount, "times the float32 volume"));
            log($"{name} {Figures[^1].Value:0.00}");
            if (acceleration == "none")
            {
                Targets.Add(new(name, AtMost: 6));
            }
        }
    }

    private void Time(Action<string> log, CancellationToken cancellation)
    {
        using var image = Image();
        using var psf = Psf();
        using var imageFile = new RawFile(image.ToSingles());
        using var psfFile = new RawFile(psf.ToSingles());
        PeerProcess Peer(string script, params object[] more) => PeerProcess.Start(script,
            [imageFile.Path, TestImage.Text(shape), psfFile.Path, TestImage.Text(psf.Info.Shape), iterations, .. more]);
        InProcessOperation Ours(string edges) => new(Id,
            new Dictionary<string, object> { ["iterations"] = (long)iterations, ["edges"] = edges, ["start"] = "mean" },
            image, new Dictionary<string, MemoryVolume> { ["psf"] = psf });
        using var skimage = Peer("richardson_lucy.py");
        using var torchPadded = Peer("torch_richardson_lucy.py", "padded");
        using var torchPeriodic = Peer("torch_richardson_lucy.py", "periodic");
        using var padded = Ours("padded");
        using var periodic = Ours("periodic");
        foreach (var (name, version) in skimage.Versions.Concat(torchPadded.Versions))
        {
            PeerVersions[name] = version;
        }

        (string Name, Func<double> Run, Samples Seconds)[] sides =
        [
            .. new (string Name, Func<double> Run)[]
            {
                ("padded_ours", () => padded.Run()), ("periodic_ours", () => periodic.Run()), ("skimage", skimage.Run),
                ("torch_padded", torchPadded.Run), ("torch_periodic", torchPeriodic.Run),
            }.Select(side => (side.Name, side.Run, new Samples($"{Prefix}{side.Name}_s_per_iteration", "s/iteration"))),
        ];
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, run, seconds) in sides)
            {
                cancellation.ThrowIfCancellationRequested();
                var each = run() / iterations;
                log($"{TestImage.Text(shape)}, round {round} of {rounds}, {name}: {each:0.0000} s an iteration{(round == 0 ? ", warming up" : "")}");
                if (round > 0)
                {
                    seconds.Add(each);
                }
            }
        }

        Figures.AddRange(sides.SelectMany(side => side.Seconds.Figures()));
        Figures.AddRange(sides.Select(side => new Figure(
            $"{Prefix}{side.Name}_mvoxel_iterations_per_s", shape.ElementCount / side.Seconds.Median / 1e6, "Mvoxel·iterations/s")));
        void Ratio(string name, int ours, int theirs, double divisor, double target)
        {
            Figures.Add(new(Prefix + name, sides[theirs].Seconds.RatioTo(sides[ours].Seconds) / divisor));
            Targets.Add(new(Prefix + name, target));
        }

        Ratio("padded_over_skimage", 0, 2, 1, 3);
        Ratio("padded_over_torch_padded", 0, 3, 1, 1.7);
        Ratio("periodic_over_redlionfish_estimate", 1, 4, RedLionfishOverTorch, 1.5);
        Figures.Add(new(Prefix + "padded_interior_rms_difference_of_range", Difference(padded.Result, skimage.Result())));
        Figures.Add(new(Prefix + "periodic_rms_difference_from_torch_of_range", TestImage.RootMeanSquareDifference(periodic.Result, torchPeriodic.Result())));
        Figures.AddRange([new($"{Prefix}iterations", iterations), new($"{Prefix}rounds", rounds)]);
    }

    // A simulated image, repeated: the numbers do not matter to the speed.
    private MemoryVolume Image()
    {
        using var one = TestImage.Create(Base);
        if (shape == Base)
        {
            return MemoryVolume.FromSingles(one.ToSingles(), shape);
        }

        var (source, values) = (one.ToSingles(), new float[shape.ElementCount]);
        for (var row = 0L; row < (long)shape.Depth * shape.Height; row++)
        {
            var (z, y) = (row / shape.Height % Base.Depth, row % shape.Height % Base.Height);
            for (var x = 0; x < shape.Width; x += Base.Width)
            {
                Array.Copy(source, ((z * Base.Height) + y) * Base.Width, values, (row * shape.Width) + x, Base.Width);
            }
        }

        return MemoryVolume.FromSingles(values, shape);
    }

    // Where at least a PSF's radius lies between a voxel and every face but those in z, and half of one there.
    private double Difference(IReadOnlyList<float> ours, float[] theirs)
    {
        const int Margin = PsfSize / 2;
        var interior = new List<int>();
        for (var z = Margin / 2; z < shape.Depth - (Margin / 2); z++)
        {
            for (var y = Margin; y < shape.Height - Margin; y++)
            {
                interior.AddRange(Enumerable.Range((((z * shape.Height) + y) * shape.Width) + Margin, shape.Width - (2 * Margin)));
            }
        }

        return TestImage.RootMeanSquareDifference([.. interior.Select(i => ours[i])], [.. interior.Select(i => theirs[i])]);
    }
}
