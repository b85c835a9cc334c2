namespace InferenceBridge.Client.Internal;

/// <summary>Joins what upload and download know into reports that never overlap.</summary>
internal sealed class ProgressReporter(IProgress<RunProgress>? target, RunProgress start)
{
    private readonly Lock _gate = new();
    private RunProgress _current = start;

    public void Report(Func<RunProgress, RunProgress> change)
    {
        if (target is null)
        {
            return;
        }

        lock (_gate)
        {
            _current = change(_current);
            target.Report(_current);
        }
    }
}
