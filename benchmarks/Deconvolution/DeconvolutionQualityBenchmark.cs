using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>Quality of every algorithm against the truth, on DeconvolutionLab2's bars and on simulated tubules.</summary>
internal sealed class DeconvolutionQualityBenchmark : IBenchmark
{
    // DeconvolutionLab2 on the same bars, after a gain fit.
    private const double PeerAt10 = 27.50;
    private const double PeerAt50 = 28.69;
    private const double PeerAt100 = 28.96;

    // Expected photons in the brightest voxel.
    private static readonly double[] Photons = [20, 100, 500];

    private static readonly (string Name, string Id, (string, object)[] Parameters)[] Algorithms =
    [
        ("rl", "deconvolve/richardson-lucy", []),
        ("rl_biggs_andrews", "deconvolve/richardson-lucy", [("acceleration", "biggs-andrews")]),
        ("rl_nesterov", "deconvolve/richardson-lucy", [("acceleration", "nesterov")]),
        ("rl_tv", "deconvolve/richardson-lucy", [("regularisation", "total-variation")]),
        ("rl_tikhonov", "deconvolve/richardson-lucy", [("regularisation", "tikhonov")]),
        ("tikhonov", "deconvolve/tikhonov", []),
        ("wiener", "deconvolve/wiener", [("noise_to_signal", 0.01)]),
    ];

    public string Name => "deconvolution-quality";

    public string Summary => "PSNR and Fourier shell correlation of every deconvolution against the truth: bars_and_bead, tubules at three noise levels";

    public IReadOnlyList<string> Packages => [];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var figures = new List<Figure>();
        var targets = new List<Target>();
        var data = Path.Combine(Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") ?? "../shared/data", "deconvolution");
        RealImages.Run(data, figures, targets, log, cancellation);
        Bars(Path.Combine(data, "bars_and_bead"), figures, targets, log, cancellation);
        foreach (var photons in Photons)
        {
            Tubules(photons, figures, log, cancellation);
        }

        return Task.FromResult(new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(),
            Notes =
            [
                "Bars: periodic edges, the psf centred on its intensity; bars_plain_* takes its voxel n / 2 instead, as the peers do.",
                "DeconvolutionLab2 reaches 27.50, 28.69 and 28.96 dB at 10, 50 and 100 iterations there.",
                "Tubules: 32x128x128, voxels 0.25x0.08x0.08 µm, 30 iterations, background given; fsc is the period at which the correlation with the "
                    + "truth falls below 0.5.",
                "Grid: 30 iterations, the measured psf, background 1; contrast is (peak - valley) / (peak + valley) of its two middle lines, fsc the period at "
                    + "which its even and odd rows, deconvolved apart, correlate by 0.143. Pollen: 30 iterations with its Gibson-Lanni psf; contrast is the "
                    + "standard deviation over the mean of its ninth slice, ridges the median full width at half maximum of what its rows cross there.",
            ],
        });
    }

    private static void Bars(string folder, List<Figure> figures, List<Target> targets, Action<string> log, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            log($"{folder} is missing: the bars are left out (INFERENCEBRIDGE_DATA names the folder of the data)");
            return;
        }

        var (data, kernel, truth) = (Stack(folder, "bars-25pct_data.tif"), Stack(folder, "bars-25pct_kernel.tif"), Stack(folder, "bars-25pct_actual.tif"));
        figures.Add(new("bars_input_psnr", Decibels(data.ToSingles(), truth), "dB"));
        double Run(string name, int iterations, params (string, object)[] parameters)
        {
            cancellation.ThrowIfCancellationRequested();
            using var operation = Operation("deconvolve/richardson-lucy", data, kernel,
                [.. parameters, ("iterations", (long)iterations), ("edges", "periodic")]);
            operation.Run();
            var psnr = Decibels(operation.Result, truth);
            figures.Add(new($"bars_{name}_{iterations}_psnr", psnr, "dB"));
            log($"bars, {name}, {iterations} iterations: {psnr:0.00} dB");
            return psnr;
        }

        var best = 0.0;
        foreach (var iterations in new[] { 10, 25, 50, 75, 100, 150, 200 })
        {
            Run("plain", iterations, ("psf_centring", "middle"));
            best = new[]
            {
                best, Run("rl", iterations), Run("rl_biggs_andrews", iterations, ("acceleration", "biggs-andrews")),
                Run("rl_nesterov", iterations, ("acceleration", "nesterov")), Run("rl_tv", iterations, ("regularisation", "total-variation")),
            }.Max();
        }

        figures.Add(new("bars_best_psnr", best, "dB"));
        targets.AddRange(
        [
            new("bars_rl_10_psnr", PeerAt10), new("bars_rl_50_psnr", PeerAt50), new("bars_rl_100_psnr", PeerAt100), new("bars_best_psnr", PeerAt100 + 1),
        ]);
    }

    private static void Tubules(double photons, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var options = new PhantomOptions { Height = 128, Width = 128, PeakPhotons = photons };
        var sample = Phantom.Create(options, cancellation);
        var noisy = MemoryVolume.FromSingles(sample.Noisy.ToSingles(), options.Shape, sample.Noisy.Info.Calibration);
        Add("before", noisy.ToSingles());
        foreach (var (name, id, parameters) in Algorithms)
        {
            cancellation.ThrowIfCancellationRequested();
            (string, object)[] iterations = id.EndsWith("lucy", StringComparison.Ordinal) ? [("iterations", 30L)] : [];
            using var operation = Operation(id, noisy, sample.Psf,
                [.. parameters, .. iterations, ("background", options.Offset + (options.Gain * options.BackgroundPhotons))]);
            operation.Run();
            Add(name, operation.Result);
        }

        void Add(string name, IReadOnlyList<float> values)
        {
            using var volume = MemoryVolume.FromSingles([.. values], options.Shape, noisy.Info.Calibration);
            var psnr = ImageMetrics.Compare(volume, sample.Truth, fit: true, cancellation: cancellation).Psnr;
            var period = FourierShellCorrelation.Compute(volume, sample.Truth).Resolution(0.5) ?? 0;
            figures.Add(new($"tubules_{photons}_{name}_psnr", psnr, "dB"));
            figures.Add(new($"tubules_{photons}_{name}_fsc", period, "µm"));
            log($"tubules, {photons} photons, {name}: {psnr:0.00} dB, {period:0.000} µm");
        }
    }

    private static InProcessOperation Operation(string id, MemoryVolume image, MemoryVolume psf, IEnumerable<(string Name, object Value)> parameters) =>
        new(id, parameters.ToDictionary(pair => pair.Name, pair => pair.Value), image, new Dictionary<string, MemoryVolume> { ["psf"] = psf });

    // A plain TIFF of many pages: the pages are slices, whatever axis the reader takes them for.
    private static MemoryVolume Stack(string folder, string name)
    {
        using var file = VolumeFile.OpenRead(Path.Combine(folder, name));
        using var volume = MemoryVolume.From(file);
        return MemoryVolume.FromSingles(volume.ToSingles(), new VolumeShape((int)file.Info.Shape.PlaneCount, file.Info.Shape.Height, file.Info.Shape.Width));
    }

    /// <summary>PSNR over the truth's range, after the gain that fits best.</summary>
    private static double Decibels(IReadOnlyList<float> result, MemoryVolume truth)
    {
        var expected = truth.ToSingles();
        var gain = result.Zip(expected, (r, t) => (double)r * t).Sum() / result.Sum(r => (double)r * r);
        var error = result.Zip(expected, (r, t) => Math.Pow((gain * r) - t, 2)).Average();
        var range = (double)expected.Max() - expected.Min();
        return 10 * Math.Log10(range * range / error);
    }
}
