using System.Diagnostics;
using System.Globalization;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>Training on standard error: on a terminal a line that redraws itself; a plain line at each validation, and at least every half minute.</summary>
internal sealed class TrainingDisplay(TextWriter output, bool isTerminal) : IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(30);

    private long _last;
    private int _lastLength;
    private ValidationScore? _shown;

    public void Report(TrainingProgress progress)
    {
        if (progress.Note is { } note)
        {
            output.WriteLine(note);
            return;
        }

        // Each validation has a score object of its own only in value: the figures tell.
        var isNew = progress.Score is { } score && (_shown is null || !score.Quality.Equals(_shown.Quality));
        var due = _last == 0 || Stopwatch.GetElapsedTime(_last) >= (isTerminal ? RedrawInterval : LineInterval);
        if (!isNew && !due && progress.Position < 1)
        {
            return;
        }

        (_last, _shown) = (Stopwatch.GetTimestamp(), progress.Score);
        var line = Line(progress);
        if (!isTerminal || isNew)
        {
            output.WriteLine(isTerminal ? $"\r{line.PadRight(_lastLength)}" : line);
            _lastLength = 0;
            return;
        }

        output.Write($"\r{line.PadRight(_lastLength)}");
        _lastLength = line.Length;
    }

    public void Dispose()
    {
        if (_lastLength > 0)
        {
            output.WriteLine();
        }
    }

    internal static string Line(TrainingProgress progress)
    {
        var figures = progress.Score is { } score
            ? string.Concat(score.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $", {Name(figure.Key)} {figure.Value:0.000}")))
            : "";
        var left = progress.Remaining is { } time && progress.Position < 1 ? $", {Left(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{progress.Position,4:P0}  step {progress.Step}, loss {progress.Loss:0.00000}{figures}, {progress.StepsPerSecond:0.00} steps/s{left}");
    }

    private static string Name(string figure) => figure.Replace("_db", " (dB)", StringComparison.Ordinal).Replace('_', ' ');

    private static string Left(TimeSpan time) => time.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min");
}
