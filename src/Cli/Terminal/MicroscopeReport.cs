using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>One search, and what was true.</summary>
/// <param name="Start">True defocus at the start, in µm.</param>
/// <param name="Microscope">As it is afterwards.</param>
/// <param name="Result">What the client says.</param>
/// <param name="Defocus">True defocus of every frame, in µm.</param>
internal sealed record MicroscopeRun(double Start, VirtualMicroscope Microscope, FocusResult Result, IReadOnlyList<double> Defocus)
{
    /// <summary>True defocus at the end, in µm.</summary>
    public double Error { get; } = Microscope.Defocus;

    /// <summary>Moves that the stage refused.</summary>
    public int Refused { get; } = Microscope.Stage.Refused;
}

/// <summary>What became of the searches of a virtual microscope.</summary>
internal sealed class MicroscopeReport(string operation, SimulatedSample sample, SimulatedInstrumentSettings instrument)
{
    private readonly List<MicroscopeRun> _runs = [];

    public string Operation => operation;

    public SimulatedSample Sample => sample;

    public MicroscopeRun Last => _runs[^1];

    /// <summary>An outcome in words.</summary>
    public static string Text(FocusOutcome outcome) => outcome switch
    {
        FocusOutcome.Focused => "focused",
        FocusOutcome.NotFound => "not found",
        FocusOutcome.AtTheLimit => "at the limit",
        FocusOutcome.Holding => "holding",
        FocusOutcome.StageFault => "the stage did not move as asked",
        _ => "searching",
    };

    public void Add(MicroscopeRun run) => _runs.Add(run);

    public void WriteTo(TextWriter output)
    {
        output.WriteLine();
        var table = new TextTable();
        if (_runs.Count == 1)
        {
            Describe(table, Last);
        }
        else
        {
            Summarise(table);
        }

        foreach (var warning in _runs.SelectMany(run => run.Result.Summary.Warnings).Distinct())
        {
            table.Add("warning", warning);
        }

        table.WriteTo(output);
        if (_runs.Count == 1 && Last.Result.Steps.Any(step => step.ApproachMicrometres is not null))
        {
            output.WriteLine("* by way of a place that takes up the play of the stage");
        }
    }

    public object ToJson() => new
    {
        operation,
        Sample = sample.Description,
        sample.DepthOfField,
        Travel = instrument.Stage.Maximum,
        Runs = _runs.Select(run => new
        {
            StartDefocusUm = run.Start,
            Outcome = Text(run.Result.Outcome),
            run.Result.Frames,
            ZUm = run.Result.ZMicrometres,
            BestZUm = run.Result.BestZMicrometres,
            BestZSdUm = run.Result.StandardDeviation,
            TrueErrorUm = run.Error,
            MovesRefused = run.Refused,
            Curve = run.Result.Steps.Select((step, i) => new { step.Frame, ZUm = step.ZMicrometres, step.Score, step.DefocusMicrometres, TrueDefocusUm = run.Defocus[i] }),
        }),
    };

    private static string Um(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} µm");

    private void Describe(TextTable table, MicroscopeRun run)
    {
        var result = run.Result;
        table.Add("outcome", Text(result.Outcome));
        table.Add("frames", Format.Count(result.Frames));
        if (result.BestZMicrometres is { } z)
        {
            table.Add("best focus", result.StandardDeviation is { } deviation ? $"{Um(z)[..^3]} ± {Um(deviation)}" : Um(z));
        }

        table.Add("true error", Um(run.Error) + Depth(run.Error));
        if (result.Outcome == FocusOutcome.Holding)
        {
            var held = run.Defocus.Where((_, i) => result.Steps.Count == run.Defocus.Count && result.Steps[i].Outcome == FocusOutcome.Holding).Select(Math.Abs).Order().ToArray();
            table.Add("held", held.Length == 0 ? "no frame" : $"{Format.Count(held.Length)} frames, 95% within {Um(held[(int)(0.95 * (held.Length - 1))])} of focus");
        }

        var details = result.Summary.Details;
        if (details.TryGetValue("tolerance_um", out var tolerance) && details.TryGetValue("search_step_um", out var step))
        {
            table.Add("searched", $"with a tolerance of {tolerance} µm, in steps of {step} µm at first" + (details.TryGetValue("depth_of_field_um", out var depth) ? $"; depth of field {depth} µm" : ""));
        }

        table.Add("time", $"{Format.Seconds(run.Microscope.ElapsedSeconds)} by the microscope's clock");
    }

    private string Depth(double error) => sample.DepthOfField is not { } depth ? ""
        : Math.Abs(error) <= depth / 2 ? $", within the depth of field (± {Um(depth / 2)})" : $", outside of the depth of field (± {Um(depth / 2)})";

    private void Summarise(TextTable table)
    {
        table.Add("runs", Format.Count(_runs.Count));
        foreach (var group in _runs.GroupBy(run => run.Result.Outcome).OrderBy(group => group.Key))
        {
            table.Add(Text(group.Key), string.Create(CultureInfo.InvariantCulture, $"{group.Count()} ({100.0 * group.Count() / _runs.Count:0.0}%)"));
        }

        var errors = _runs.Select(run => Math.Abs(run.Error)).Order().ToArray();
        var frames = _runs.Select(run => run.Result.Frames).Order().ToArray();
        table.Add("frames", $"median {frames[frames.Length / 2]}, 90% {frames[(int)(0.9 * (frames.Length - 1))]}, most {frames[^1]}");
        table.Add("true error", $"median {Um(errors[errors.Length / 2])}, 98% {Um(errors[(int)(0.98 * (errors.Length - 1))])}, largest {Um(errors[^1])}");
        if (sample.DepthOfField is { } depth)
        {
            var inFocus = errors.Count(error => error <= depth / 2);
            table.Add("in focus", string.Create(CultureInfo.InvariantCulture, $"{inFocus} ({100.0 * inFocus / errors.Length:0.0}%) within ± {depth / 2:0.00} µm, half of the depth of field"));
        }

        table.Add("beyond limits", Format.Count(_runs.Sum(run => run.Refused)));
    }
}
