namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>How searches of one kind went.</summary>
internal sealed class FocusRuns(string name)
{
    private static readonly string[] Short = ["_in_focus", "_frames_median", "_frames_p90", "_says_focused_and_is_not", "_beyond_limits"];

    private readonly List<(double Error, int Frames, int Refused, bool SaysFocused)> _runs = [];

    /// <param name="error">True defocus at the end, in µm.</param>
    /// <param name="frames">Frames taken.</param>
    /// <param name="refused">Moves beyond the limits.</param>
    /// <param name="saysFocused">Whether it says that it is in focus.</param>
    public void Add(double error, int frames, int refused, bool saysFocused = true) => _runs.Add((Math.Abs(error), frames, refused, saysFocused));

    /// <summary>Whether a figure belongs into a table of many kinds.</summary>
    public static bool IsShort(string figure) => Array.Exists(Short, end => figure.EndsWith(end, StringComparison.Ordinal));

    public IEnumerable<Figure> Figures(double depthOfField)
    {
        var (errors, frames) = (_runs.Select(run => run.Error).Order().ToArray(), _runs.Select(run => run.Frames).Order().ToArray());
        yield return new($"{name}_in_focus", _runs.Count(run => run.Error <= depthOfField / 2 && run.SaysFocused) / (double)_runs.Count);
        yield return new($"{name}_frames_median", frames[frames.Length / 2]);
        yield return new($"{name}_frames_p90", frames[(int)(0.9 * (frames.Length - 1))]);
        yield return new($"{name}_frames_most", frames[^1]);
        yield return new($"{name}_error_median_um", errors[errors.Length / 2], "µm");
        yield return new($"{name}_error_p98_um", errors[(int)(0.98 * (errors.Length - 1))], "µm");
        yield return new($"{name}_says_focused_and_is_not", _runs.Count(run => run.Error > depthOfField / 2 && run.SaysFocused) / (double)_runs.Count);
        yield return new($"{name}_beyond_limits", _runs.Sum(run => run.Refused));
    }
}
