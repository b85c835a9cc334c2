using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>Shows the wait for other jobs, the upload until results come, then the results.</summary>
internal sealed class RunProgressDisplay : IProgress<RunProgress>, IDisposable
{
    private readonly ProgressDisplay _display;

    private RunProgressDisplay(ProgressDisplay display) => _display = display;

    /// <returns>Null where progress has nobody to read it: output for programs, and no terminal.</returns>
    public static RunProgressDisplay? Create(TextWriter error, bool quiet)
    {
        var isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return quiet && !isTerminal ? null : new RunProgressDisplay(new ProgressDisplay(error, isTerminal));
    }

    public void Report(RunProgress value)
    {
        var attempt = value.Attempt > 1 ? $"attempt {value.Attempt}, " : "";
        if (value.QueuePosition > 0)
        {
            _display.Wait(value.QueuePosition, value.EstimatedWait);
        }
        else if (value.PlanesReceived == 0 && (value.PlanesSent < value.PlanesToSend || value.Stage == "uploading"))
        {
            _display.Report($"{attempt}uploading", value.PlanesSent, value.PlanesToSend);
        }
        else if (value.PlanesTotal > 0)
        {
            // While a tile is iterated on, no plane comes.
            var iterates = value.Iteration < value.Iterations;
            if (iterates)
            {
                _display.Report($"{attempt}computing", value.Iteration, value.Iterations, "iteration");
            }
            else
            {
                _display.Report(attempt + value.Stage, value.PlanesReceived, value.PlanesTotal);
            }
        }
    }

    public void Dispose() => _display.Dispose();
}
