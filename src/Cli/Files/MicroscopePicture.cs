using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>The picture that ib simulate-microscope --report writes.</summary>
internal static class MicroscopePicture
{
    // Lines that fit beside the image.
    private const int MostLines = 17;

    public static void Write(string path, MicroscopeReport report)
    {
        var (run, result) = (report.Last, report.Last.Result);
        var (height, width) = (report.Sample.Sample.Height, report.Sample.Sample.Width);
        var pixels = new float[height * width];
        PixelConverter.ToSingle(run.Microscope.Snap(), PixelType.UInt16, pixels);
        var caption = string.Create(CultureInfo.InvariantCulture, $"at {result.ZMicrometres:0.00} µm, true defocus {run.Error:0.00} µm");
        var title = $"{report.Operation}: {result.Outcome} after {result.Frames} frame{(result.Frames == 1 ? "" : "s")}";
        PngWriter.Write(path, FocusReport.Create(title, new ReportImage(caption, width, height, pixels), [.. Lines(result)], [.. Panels(run)], "z in µm"));
    }

    private static IEnumerable<(string Text, TraceColour Colour)> Lines(FocusResult result)
    {
        foreach (var step in result.Steps.Take(MostLines))
        {
            var next = step.TargetMicrometres is { } target ? string.Create(CultureInfo.InvariantCulture, $"to {target:0.00}") : step.Outcome.ToString().ToLowerInvariant();
            yield return (string.Create(CultureInfo.InvariantCulture, $"{step.Frame}: {step.ZMicrometres:0.00} µm, {next}"), TraceColour.Orange);
        }
    }

    private static IEnumerable<LinePanel> Panels(MicroscopeRun run)
    {
        var steps = run.Result.Steps;
        var highest = run.Result.Curve.Max(point => Math.Abs(point.Score));
        var curve = run.Result.Curve.Select(point => (point.Z, highest > 0 ? point.Score / highest : 0)).ToArray();
        yield return new LinePanel("score, of its largest", [new LineTrace("score", TraceColour.Orange, curve) { HasMarks = true }])
        {
            Mark = run.Result.BestZMicrometres, MarkReach = run.Result.StandardDeviation ?? 0,
        };
        var estimates = steps.Where(step => step.DistanceMicrometres is not null).OrderBy(step => step.ZMicrometres).ToArray();
        if (estimates.Length > 0)
        {
            yield return new LinePanel("defocus in µm: by the network (orange), true (grey)",
            [
                new LineTrace("true", TraceColour.Grey, [.. steps.Select((step, i) => (step.ZMicrometres, run.Defocus[i])).Order()]),
                new LineTrace("network", TraceColour.Orange, [.. estimates.Select(step => (step.ZMicrometres, step.DefocusMicrometres ?? step.DistanceMicrometres!.Value))]) { HasMarks = true, IsJoined = false },
            ])
            {
                Reaches = 0,
            };
        }
    }
}
