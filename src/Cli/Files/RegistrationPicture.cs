using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>The picture that ib register --report writes. Its memory does not grow with the movie.</summary>
internal sealed class RegistrationPicture(string path)
{
    private readonly Dictionary<string, Trace> _traces = new(StringComparer.Ordinal)
    {
        ["shift_z"] = new Trace("z", TraceColour.Green),
        ["shift_y"] = new Trace("y", TraceColour.Orange),
        ["shift_x"] = new Trace("x", TraceColour.Blue),
        ["correlation_before"] = new Trace("before", TraceColour.Grey),
        ["correlation_after"] = new Trace("after", TraceColour.Green),
        ["displacement_max"] = new Trace("largest", TraceColour.Grey),
        ["displacement_mean"] = new Trace("mean", TraceColour.Orange),
    };

    /// <summary>Takes what was found for a frame; frame 0 begins anew, as a repeated job does.</summary>
    public void Add(long frame, IReadOnlyDictionary<string, double> numbers)
    {
        foreach (var (name, trace) in _traces)
        {
            if (frame == 0)
            {
                trace.Clear();
            }

            if (numbers.TryGetValue(name, out var value))
            {
                trace.Add(frame, value);
            }
        }
    }

    public void Write(RunJob job, RunSummary summary, CancellationToken cancellation)
    {
        using var before = VolumeFile.OpenRead(job.Input);
        using var after = VolumeFile.OpenRead(job.Output);
        var channel = summary.Parameters.TryGetValue("reference_channel", out var given) && given.Value is long number ? (int)number : 0;
        var title = $"{Path.GetFileName(job.Input)}: {summary.Operation}, {Count(before.Info, job)}";
        PngWriter.Write(path, RegistrationReport.Create(
            title,
            ReportImage.MeanOf(Caption("mean before", summary, "crispness_before"), before, channel, cancellation),
            ReportImage.MeanOf(Caption("mean after", summary, "crispness_after"), after, channel, cancellation),
            Panels(summary)));
    }

    private static string Count(VolumeInfo info, RunJob job)
    {
        var frames = job.SlicesAreFrames && FramesOfSlices.Applies(info) ? info.Shape.Depth : info.Shape.Frames;
        return $"{Format.Count(frames)} frame{(frames == 1 ? "" : "s")} of {info.Shape.Height} × {info.Shape.Width}";
    }

    private static string Caption(string what, RunSummary summary, string detail) =>
        summary.Details.TryGetValue(detail, out var value) ? $"{what}, crispness {Short(value)}" : what;

    private static string Over(double? threshold, RunSummary summary)
    {
        if (threshold is not { } line)
        {
            return "";
        }

        return summary.Details.TryGetValue("frames_over_threshold", out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var share)
            ? string.Create(CultureInfo.InvariantCulture, $"; {100 * share:0.#}% of frames over {line:0.###}")
            : string.Create(CultureInfo.InvariantCulture, $"; threshold {line:0.###}");
    }

    private static string Short(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? Format.Number(value >= 1000 ? Math.Round(value) : Math.Round(value, 2)) : text;

    private List<TracePanel> Panels(RunSummary summary)
    {
        Trace[] Present(params string[] names) => [.. names.Select(name => _traces[name]).Where(trace => trace.LastFrame >= 0)];
        var threshold = summary.Parameters.TryGetValue("threshold", out var given) && given.Value is double number ? number : (double?)null;
        var panels = new List<TracePanel>();
        if (Present("shift_z", "shift_y", "shift_x") is { Length: > 0 } shifts)
        {
            panels.Add(new TracePanel("shift in px", shifts) { Reaches = 0 });
        }

        if (Present("displacement_max", "displacement_mean") is { Length: > 0 } fields)
        {
            panels.Add(new TracePanel("displacement over the field in px", fields) { Reaches = 0 });
        }

        if (Present("correlation_before", "correlation_after") is { Length: > 0 } correlations)
        {
            panels.Add(new TracePanel("correlation with the mean" + Over(threshold, summary), correlations) { Threshold = threshold, Reaches = 1 });
        }

        return panels;
    }
}
