using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Searches for the focus of a virtual microscope from random starts, and in the same run how it is done without a network.</summary>
internal sealed class AutofocusLoopBenchmark : IBenchmark
{
    private const int Runs = 200;
    private const int Trials = 20;
    private const int RunsPerObjective = 40;
    private const int Fields = 12;
    private const int FirstField = 49;
    private const double Reach = 10;
    private const double Travel = 20;
    private const double Backlash = 1;
    private const int OughtaFocusFrames = 9;
    private const string RunsVariable = "INFERENCEBRIDGE_RUNS";
    private const string OperationVariable = "INFERENCEBRIDGE_OPERATION";

    // Those with which golden sections are tried before the best of them runs.
    private static readonly string[] Metrics = ["brenner", "tenengrad", "variance_of_laplacian", "normalised_variance", "vollath_f4", "midband_power"];

    // A dry objective that looks 20 µm into water: a depth of field of 0.82 µm.
    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelMicrometres = 0.1625, SampleIndex = 1.33, DepthMicrometres = 20,
    };

    private static readonly VirtualStageOptions Stage = new() { Minimum = -Travel, Maximum = Travel, Backlash = Backlash, Repeatability = 0.03 };

    private static readonly VirtualCameraOptions Camera = new() { PeakPhotons = 500, BackgroundPhotons = 10 };

    public string Name => "autofocus-loop";

    public string Summary => "200 searches on a virtual microscope with play and noise (W2S fields 049-060): share in focus, frames; against a golden section and nine images";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var data = Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") is { Length: > 0 } named ? named : "../shared/data";
        var runs = int.TryParse(Environment.GetEnvironmentVariable(RunsVariable), out var given) ? given : Runs;
        var samples = Samples(Path.Combine(data, "denoise", "w2s", "clean"));
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        var network = await NetworkAsync(client, cancellation);
        log($"network: {network ?? "none"}; depth of field {Optics.DepthOfField:0.00} µm");
        var figures = new List<Figure> { new("runs", runs), new("depth_of_field_um", Optics.DepthOfField, "µm") };
        var targets = new List<Target>();
        async Task MeasureAsync(string name, int count, Func<VirtualMicroscope, FocusRuns, Task> search)
        {
            var all = new FocusRuns(name);
            for (var run = 0; run < count; run++)
            {
                cancellation.ThrowIfCancellationRequested();
                await search(Microscope(samples, run), all);
            }

            Figure[] measured = [.. all.Figures(Optics.DepthOfField)];
            log($"{name}: {measured[0].Value:P1} in focus, {measured[1].Value} frames in the median");
            figures.AddRange(measured);
        }

        if (network is not null)
        {
            await MeasureAsync("network", runs, (microscope, all) => FocusAsync(client, network, microscope, all, cancellation));
            targets.AddRange([new("network_in_focus", AtLeast: 0.98), new("network_frames_median", AtMost: 4), new("network_beyond_limits", AtMost: 0)]);
        }

        await MeasureAsync("metrics", runs, (microscope, all) => FocusAsync(client, "autofocus/metrics", microscope, all, cancellation));
        targets.Add(new("metrics_beyond_limits", AtMost: 0));
        var table = new FocusOpticsTable(client, data, Math.Min(RunsPerObjective, runs));
        foreach (var (name, operation) in new[] { ("table_network", network), ("table_metrics", "autofocus/metrics") })
        {
            figures.AddRange(operation is null ? [] : await table.MeasureAsync(name, operation, log, cancellation));
        }

        foreach (var metric in Metrics)
        {
            await MeasureAsync($"trial_golden_{metric}", Math.Min(Trials, runs), (microscope, all) => GoldenAsync(client, metric, microscope, all, int.MaxValue, cancellation));
        }

        var best = Metrics.MaxBy(metric => figures.First(figure => figure.Name == $"trial_golden_{metric}_in_focus").Value)!;
        log($"best metric for golden sections: {best}");
        await MeasureAsync("golden", runs, (microscope, all) => GoldenAsync(client, best, microscope, all, int.MaxValue, cancellation));
        await MeasureAsync("golden_9", runs, (microscope, all) => GoldenAsync(client, best, microscope, all, OughtaFocusFrames, cancellation));
        await MeasureAsync("stack_9", runs, (microscope, all) => StackAsync(client, best, microscope, all, cancellation));
        return new BenchmarkResult(figures, targets) { Versions = Versions.With(), Notes = Notes(network, best) };
    }

    private static string[] Notes(string? network, string best) =>
    [
        $"network is {network ?? "missing"}. W2S fields 049 to 060, of a channel in turn, as a 20x/0.8 objective sees them 20 µm deep in water at 525 nm: 500 photons at the "
            + "brightest, 10 of background, read noise of 1.5 electrons. Stage with 1 µm of play, which all searches take up from below, and 0.03 µm of scatter.",
        $"table_*: {RunsPerObjective} searches under each of six objectives, with samples that neither training nor the adjustment of the search has seen (lysosomes, pollen, "
            + "PC12 cells, nerve cord by electron microscopy inverted, phantoms of tubules and cells), and six conditions in turn: 500 photons, 50, 5000, 2 µm of play, a drift of 0.2 µm a second, a second "
            + "layer two depths of field above (in focus on either counts). Tolerance and steps are left to the operation.",
        "in_focus: says that it is in focus, and lies within half of the depth of field, by the true position of the stage. Starts are uniform within ±10 µm.",
        $"golden: golden section over start ± 10 µm on {best}, the best of {string.Join(", ", Metrics)} in {Trials} runs each; golden_9: the same with nine frames, as "
            + "Micro-Manager's OughtaFocus does by default with a search of its own (Brent's). stack_9: nine evenly spaced frames and a fitted maximum.",
    ];

    private static async Task<string?> NetworkAsync(InferenceBridgeClient client, CancellationToken cancellation)
    {
        var wanted = Environment.GetEnvironmentVariable(OperationVariable) is { Length: > 0 } named ? named : "autofocus/spectral";
        return (await client.ListOperationsAsync(null, cancellation)).Any(operation => operation.Id == wanted) ? wanted : null;
    }

    private static async Task FocusAsync(InferenceBridgeClient client, string operation, VirtualMicroscope microscope, FocusRuns all, CancellationToken cancellation)
    {
        var device = new SimulatedMicroscope(microscope);
        var optics = operation == "autofocus/metrics" ? [] : new Dictionary<string, ParameterValue>
        {
            ["na"] = Optics.NumericalAperture, ["wavelength"] = Optics.WavelengthNm, ["index"] = Optics.ImmersionIndex,
            ["sample_index"] = Optics.SampleIndex!.Value, ["depth"] = Optics.DepthMicrometres,
        };
        var result = await client.FocusAsync(device, device, new FocusRequest(operation)
        {
            MinimumZMicrometres = -Travel, MaximumZMicrometres = Travel, BacklashMicrometres = Backlash, ToleranceMicrometres = Optics.DepthOfField / 2, Parameters = optics,
        }, cancellation: cancellation);
        all.Add(microscope.Defocus, result.Frames, microscope.Stage.Refused, result.Outcome == FocusOutcome.Focused);
    }

    private static async Task GoldenAsync(
        InferenceBridgeClient client, string metric, VirtualMicroscope microscope, FocusRuns all, int mostFrames, CancellationToken cancellation)
    {
        var start = microscope.Stage.Z;
        await using var scorer = new FocusScorer(client, microscope, metric, Backlash, cancellation);
        await FocusRivals.GoldenSectionAsync(scorer, Math.Max(start - Reach, Backlash - Travel), Math.Min(start + Reach, Travel), Optics.DepthOfField / 4, mostFrames);
        all.Add(microscope.Defocus, scorer.Curve.Count, microscope.Stage.Refused);
    }

    private static async Task StackAsync(InferenceBridgeClient client, string metric, VirtualMicroscope microscope, FocusRuns all, CancellationToken cancellation)
    {
        var start = microscope.Stage.Z;
        await using var scorer = new FocusScorer(client, microscope, metric, Backlash, cancellation);
        await FocusRivals.StackAsync(scorer, Math.Max(start - Reach, Backlash - Travel), Math.Min(start + Reach, Travel), OughtaFocusFrames);
        all.Add(microscope.Defocus, scorer.Curve.Count, microscope.Stage.Refused);
    }

    // The same microscopes and starts for every kind of search.
    private static VirtualMicroscope Microscope(IFocalSample[] samples, int run) => new(
        samples[run % samples.Length], Stage, Camera, 0, new SeededRandom(77, (ulong)run).NextUniform(-Reach, Reach), seed: 1000 + (ulong)run);

    private static IFocalSample[] Samples(string folder) => [.. Enumerable.Range(FirstField, Fields).Select(field =>
    {
        using var file = VolumeFile.OpenRead(Path.Combine(folder, $"{field:000}_{field % 3}.tif"));
        var plane = new float[file.Info.Shape.PlaneElementCount];
        file.ReadPlane(0, plane);
        return new DefocusedSample(plane, file.Info.Shape.Height, file.Info.Shape.Width, Optics, Travel + Reach);
    })];
}
