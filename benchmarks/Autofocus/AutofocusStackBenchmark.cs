using System.Globalization;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Benchmarks.Registration;
using InferenceBridge.Client;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Every operation of autofocus on a real focal stack whose best plane is stated.</summary>
internal sealed class AutofocusStackBenchmark : IBenchmark
{
    private const string Metrics = "autofocus/metrics";
    private const string Distance = "distance_um";
    private const int WarmFrames = 300;
    private const int Frames = 900;
    private const double Rate = 30;
    private const double BudgetMilliseconds = 5;

    // What networks are told of the optics, "na=1.4,wavelength=520,index=1.515" where it is not given.
    private const string OpticsVariable = "INFERENCEBRIDGE_OPTICS";
    private const string AssumedOptics = "na=1.4,wavelength=520,index=1.515";

    public string Name => "autofocus-stack";

    public string Summary => "best plane, fitted focus and order of the planes by each metric and network on a real focal stack; time a frame";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var data = Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") is { Length: > 0 } named ? named : "../shared/data";
        var folder = Path.Combine(data, "autofocus", "mitochondria");
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException($"{data} has no focal stack; accepted: a folder with autofocus/mitochondria, which INFERENCEBRIDGE_DATA names.");
        }

        var stack = FocalStack.Mitochondria(folder);
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        var (figures, targets) = (new List<Figure> { new("planes", stack.Z.Length) }, new List<Target>());
        foreach (var operation in (await client.ListOperationsAsync("autofocus", cancellation)).OrderBy(operation => operation.Id != Metrics))
        {
            try
            {
                await MeasureAsync(client, operation, stack, figures, targets, log, cancellation);
            }
            catch (InferenceException fault) when (operation.Id != Metrics)
            {
                log($"{operation.Id} is left out: {fault.Message}");
            }
        }

        await TimeAsync(client, stack, figures, targets, log, cancellation);
        return new BenchmarkResult(figures, targets) { Versions = Versions.With(), Notes = Notes };
    }

    private static readonly string[] Notes =
    [
        "Mitochondria, 34 planes of 800x512 in 16 bits, 0.05 um apart; the data state the focus at N = 51. off_planes: best plane less the stated one; focus_um and focus_sd_um: fitted maximum "
            + "less the stated focus, and its stated uncertainty; inversions: neighbours in the wrong order, of 33. Peers' metrics, computed apart, all pick N = 50, one plane below.",
        "Networks: best plane is that of the least distance; the curve is the distance, negated. The data do not state the optics, so networks are told assumed ones.",
        "frame_p05_ms (what it takes where nothing else runs meanwhile), frame_p50_ms and frame_p99_ms: from when a frame was due to its answer at 30 Hz, SDK and ib serve in two processes over TCP loopback; server_p50_ms: within the server.",
    ];

    private static async Task MeasureAsync(
        InferenceBridgeClient client, OperationInfo operation, FocalStack stack, List<Figure> figures, List<Target> targets, Action<string> log, CancellationToken cancellation)
    {
        var planes = new SortedDictionary<long, IReadOnlyDictionary<string, double>>();
        var request = new RunRequest(operation.Id)
        {
            Parameters = operation.Id == Metrics ? new Dictionary<string, ParameterValue>() : Optics(operation),
            FrameNumbers = (frame, numbers) => planes[frame] = numbers,
        };
        await client.RunAsync(stack.Frames, request, cancellation: cancellation);
        var name = operation.Id.Split('/')[1].Replace('-', '_');
        var choices = operation.FindParameter("metric").Choices.Select(choice => choice.Value);
        IEnumerable<(string Figure, Func<IReadOnlyDictionary<string, double>, double> Score)> curves = operation.Id == Metrics
            ? choices.Select(metric => (metric, (Func<IReadOnlyDictionary<string, double>, double>)(numbers => numbers[metric])))
            : [(name, numbers => -numbers[Distance])];
        foreach (var (figure, score) in curves)
        {
            var curve = new StackCurve([.. planes.Values.Select(score)], stack.Z);
            var peak = curve.Peak;
            figures.AddRange([new($"{figure}_off_planes", curve.Best - stack.StatedPlane), new($"{figure}_focus_um", peak.Z, "µm")]);
            figures.AddRange(peak.StandardDeviation is { } deviation ? [new($"{figure}_focus_sd_um", deviation, "µm")] : []);
            figures.Add(new($"{figure}_inversions", curve.Inversions));
            log(string.Create(CultureInfo.InvariantCulture,
                $"{figure}: {curve.Best - stack.StatedPlane} planes off, focus {peak.Z:0.000} ± {peak.StandardDeviation:0.000} µm ({peak.Kind}), {curve.Inversions} inversions"));
            if (operation.Id == Metrics)
            {
                targets.AddRange([new($"{figure}_off_planes", AtLeast: -1), new($"{figure}_focus_um", AtLeast: -FocalStack.Step, AtMost: FocalStack.Step)]);
            }
        }

        if (operation.Id != Metrics)
        {
            var errors = planes.Select(plane => Math.Abs(plane.Value[Distance] - Math.Abs(stack.Z[(int)plane.Key]))).ToArray();
            figures.Add(new($"{name}_distance_error_um", errors.Average(), "µm"));
            log(string.Create(CultureInfo.InvariantCulture, $"{name}: mean error of the distance {errors.Average():0.000} µm"));
        }
    }

    private static Dictionary<string, ParameterValue> Optics(OperationInfo operation)
    {
        var text = Environment.GetEnvironmentVariable(OpticsVariable) is { Length: > 0 } given ? given : AssumedOptics;
        return text.Split(',').Select(pair => pair.Split('=')).Where(pair => operation.Parameters.Any(parameter => parameter.Name == pair[0]))
            .ToDictionary(pair => pair[0], pair => ParameterValue.Parse(operation.FindParameter(pair[0]), pair[1]));
    }

    private static async Task TimeAsync(
        InferenceBridgeClient client, FocalStack stack, List<Figure> figures, List<Target> targets, Action<string> log, CancellationToken cancellation)
    {
        await SimulatedInstrument.RunAsync(client, Metrics, stack.Frames, WarmFrames, 0, cancellation);
        var live = await SimulatedInstrument.RunAsync(client, Metrics, stack.Frames, Frames, Rate, cancellation);
        var (p50, p99, server) = (live.Latency.Median, live.Latency.Percentile(0.99), live.Summary.MedianLatency.TotalMilliseconds);
        figures.AddRange([new("frame_p05_ms", live.Latency.Percentile(0.05), "ms"), new("frame_p50_ms", p50, "ms"), new("frame_p99_ms", p99, "ms"), new("server_p50_ms", server, "ms")]);
        targets.Add(new("frame_p50_ms", AtMost: BudgetMilliseconds));
        log(string.Create(CultureInfo.InvariantCulture, $"a frame through the stream: median {p50:0.00} ms, p99 {p99:0.00} ms; within the server {server:0.00} ms"));
    }
}
