using System.Globalization;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>Shows how a job will run, the wait for other jobs, the upload until results come, then the results.</summary>
internal sealed class RunProgressDisplay : IProgress<RunProgress>, IDisposable
{
    // A result comes back in little of the time that iterations take.
    private const double ShareOfIterations = 0.95;

    private readonly ProgressDisplay _display;
    private bool _iterates;
    private double _furthest;
    private RunPlan? _plan;

    private RunProgressDisplay(ProgressDisplay display) => _display = display;

    /// <returns>Null where progress has nobody to read it: output for programs, and no terminal.</returns>
    public static RunProgressDisplay? Create(TextWriter error, bool quiet)
    {
        var isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return quiet && !isTerminal ? null : new RunProgressDisplay(new ProgressDisplay(error, isTerminal));
    }

    public void Report(RunProgress value)
    {
        if (value.Plan is { } plan && plan != _plan)
        {
            _plan = plan;
            _display.Say(Format.Plan(plan));
        }

        var attempt = value.Attempt > 1 ? $"attempt {value.Attempt}, " : "";
        if (value.QueuePosition > 0)
        {
            _display.Wait(value.QueuePosition, value.EstimatedWait);
        }
        else if (value.PlanesReceived == 0 && (value.PlanesSent < value.PlanesToSend || value.Stage == "uploading"))
        {
            (_iterates, _furthest) = (false, 0);
            _display.Report($"{attempt}uploading", value.PlanesSent, value.PlanesToSend);
        }
        else if (value.PlanesTotal > 0)
        {
            _iterates |= value.Iterations > 0;
            if (_iterates)
            {
                Iterated(value, attempt);
            }
            else
            {
                _display.Report(attempt + value.Stage, value.PlanesReceived, value.PlanesTotal);
            }
        }
    }

    public void Dispose() => _display.Dispose();

    // While a tile is iterated on, no plane comes: one bar for both.
    private void Iterated(RunProgress value, string attempt)
    {
        var received = (double)value.PlanesReceived / value.PlanesTotal;
        _furthest = Math.Max(_furthest, (ShareOfIterations * Math.Max(value.FractionComputed, received)) + ((1 - ShareOfIterations) * received));
        var text = value.Iteration > 0 && received < 1
            ? $"computing, iteration {value.Iteration}/{value.Iterations}"
            : $"{value.Stage}, plane {value.PlanesReceived}/{value.PlanesTotal}";
        _display.Show(string.Create(CultureInfo.InvariantCulture, $"{attempt}{text}"), _furthest);
    }
}
