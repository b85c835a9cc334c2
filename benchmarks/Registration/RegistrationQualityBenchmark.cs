using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>How far every registration is from known fields, beside scikit-image's, and what it makes of real movies.</summary>
internal sealed class RegistrationQualityBenchmark : IBenchmark
{
    private static readonly double[] Peaks = [1000, 100, 10];

    public string Name => "registration-quality";

    public string Summary => "end-point errors of register/* on clean images moved by known fields, beside scikit-image's, and real movies";

    public IReadOnlyList<string> Packages => ["python3-skimage"];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var data = Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") is { Length: > 0 } named ? named : "../shared/data";
        if (!Directory.Exists(Path.Combine(data, "registration")))
        {
            throw new InvalidOperationException($"{data} has no images; accepted: a folder with denoise/w2s and registration, which INFERENCEBRIDGE_DATA names.");
        }

        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        var names = await RegistrationOperations.ListAsync(client, cancellation);
        var figures = new List<Figure>();
        var versions = new Dictionary<string, string>();
        var movies = new RealMovies(client, Path.Combine(data, "registration"));
        foreach (var set in new[] { WarpedSet.W2s(Path.Combine(data, "denoise", "w2s", "clean")), await movies.TwoPhotonSetAsync(cancellation), movies.CalciumSet() })
        {
            foreach (var peak in Peaks)
            {
                var run = new WarpedRun(set, peak, client, figures, log);
                await run.OursAsync(names, cancellation);
                run.Peers(versions, cancellation);
            }
        }

        await movies.MeasureAsync(names, figures, log, cancellation);
        return new BenchmarkResult(figures, Targets(names)) { Versions = Versions.With(versions), Notes = Notes };
    }

    private static readonly string[] Notes =
    [
        "W2S: clean images of fields 049-060; two_photon: the registered mean of 20 frames; calcium: the mean of the movie. Each is moved by ten random vectors at random positions, each "
            + "spread by a Gaussian of sigma 20-60 px, summed, at most 8 px; cubic interpolation, then shot noise of that many photons in the brightest structure. The reference has no noise.",
        "epe: mean end-point error in px over all pixels whose content is still in the frame; textured: over the half with the highest energy of the gradient, after a Gaussian of sigma 2; edge: over those less than 16 px from an edge. "
            + "none: no motion at all. Ours get the reference as the template and give the side output \"displacement\". seconds: computing, for a frame. TV-L1 runs on every third image.",
        "Real movies: crispness (norm of the mean's gradient) and mean correlation with the mean, both after a Gaussian of sigma 2 and without the outermost 16 px; control: every frame "
            + "moved by half a pixel, bilinear, which is what blur alone gains.",
        "calcium_still: the movie as it is, which does not move. calcium_shifted and _warped: it moved by up to 3 px, and by four slow whirls of up to 2 px besides; least and mean correlation "
            + "of the traces of ten hand-placed cells with those of the movie as it is.",
    ];

    private static List<Target> Targets(IReadOnlyList<string> names)
    {
        var targets = new List<Target>();
        if (names.Contains("flow"))
        {
            targets.AddRange(
            [
                new("w2s_100_flow_epe", AtMost: 0.30), new("w2s_100_flow_epe_textured", AtMost: 0.18), new("w2s_10_flow_epe", AtMost: 0.60), new("w2s_10_flow_epe_textured", AtMost: 0.33),
                new("w2s_100_flow_epe_over_skimage_ilk", AtMost: 1), new("w2s_10_flow_epe_over_skimage_ilk", AtMost: 1), new("w2s_100_flow_edge_over_textured", AtMost: 1.5),
                new("w2s_100_flow_speedup_over_skimage_ilk", AtLeast: 5),
            ]);
        }

        foreach (var name in names.Select(RegistrationOperations.FigureName))
        {
            targets.AddRange([new($"two_photon_{name}_crispness_over_control", AtLeast: 1), new($"two_photon_{name}_correlation_less_control", AtLeast: 0),
                new($"calcium_still_{name}_shift_max", AtMost: 0.05), new($"calcium_still_{name}_field_mean", AtMost: 0.1), new($"calcium_shifted_{name}_trace_least", AtLeast: 0.98)]);
        }

        targets.AddRange(names.Where(name => name != "rigid").Select(name => new Target($"calcium_warped_{RegistrationOperations.FigureName(name)}_trace_least", AtLeast: 0.98)));

        return targets;
    }
}
