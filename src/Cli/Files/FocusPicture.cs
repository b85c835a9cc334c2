using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>The picture that ib autofocus --report writes.</summary>
internal static class FocusPicture
{
    private static readonly TraceColour[] Colours =
    [
        TraceColour.Orange, TraceColour.Blue, TraceColour.Green, TraceColour.Vermilion, TraceColour.Yellow, TraceColour.Purple, TraceColour.Grey,
    ];

    /// <summary>Draws and writes it.</summary>
    /// <param name="path">PNG.</param>
    /// <param name="stack">What was found.</param>
    /// <param name="movie">The planes, as frames.</param>
    /// <param name="channel">Channel of the plane that is shown.</param>
    public static void Write(string path, FocusStack stack, IVolumeReader movie, int channel)
    {
        var shape = movie.Info.Shape;
        var plane = new float[shape.PlaneElementCount];
        movie.ReadPlane(shape.PlaneNumber(stack.BestPlane, channel, 0), plane);
        var caption = string.Create(CultureInfo.InvariantCulture, $"plane {stack.BestPlane} of {shape.Frames}, counted from 0");
        var title = $"{stack.Name}: {stack.Summary.Operation}, {Format.Count(shape.Frames)} planes of {shape.Height} × {shape.Width}";
        PngWriter.Write(path, FocusReport.Create(
            title, new ReportImage(caption, shape.Width, shape.Height, plane), [.. Lines(stack)], [.. Panels(stack)],
            stack.Positions.Step is null ? "plane" : "z in µm"));
    }

    private static IEnumerable<(string Text, TraceColour Colour)> Lines(FocusStack stack)
    {
        for (var i = 0; i < stack.Peaks.Count; i++)
        {
            yield return ($"{stack.Peaks[i].Metric} {FocusStackReport.Place(stack, stack.Peaks[i])}", Colour(i));
        }

        if (stack.Network is { } network)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"network {network.Z:0.000} ± {network.StandardDeviation:0.000} µm"), TraceColour.White);
        }
    }

    private static IEnumerable<LinePanel> Panels(FocusStack stack)
    {
        if (stack.Peaks.Count > 0)
        {
            yield return new LinePanel("metrics, each from its least to its largest", [.. stack.Peaks.Select((peak, i) => Normalised(stack, peak, Colour(i)))]);
        }

        if (stack.Best is { } best)
        {
            yield return Fitted(stack, best);
        }

        if (stack.Planes.Any(plane => plane.ContainsKey("distance_um")))
        {
            yield return Network(stack);
        }
    }

    private static LineTrace Normalised(FocusStack stack, MetricPeak peak, TraceColour colour)
    {
        var planes = stack.Usable(peak.Metric);
        var scores = planes.Select(i => stack.Planes[i][peak.Metric]).ToArray();
        var (low, high) = (scores.DefaultIfEmpty().Min(), scores.DefaultIfEmpty().Max());
        return new LineTrace(peak.Metric, colour, [.. planes.Select((plane, i) => (stack.Positions.Of(plane), high > low ? (scores[i] - low) / (high - low) : 0))]);
    }

    private static LinePanel Fitted(FocusStack stack, MetricPeak best)
    {
        var isInside = best.Peak.Kind == FocusPeakKind.Inside;
        var scores = stack.Usable(best.Metric).Select(i => (stack.Positions.Of(i), stack.Planes[i][best.Metric])).ToArray();
        return new LinePanel($"{best.Metric} {FocusStackReport.Place(stack, best)}",
        [
            new LineTrace("fit", TraceColour.White, [.. best.Peak.Fit.Select(point => (point.Z, point.Score))]),
            new LineTrace("planes", TraceColour.Orange, scores) { HasMarks = true, IsJoined = !isInside },
        ])
        {
            Mark = isInside ? best.Peak.Z : null, MarkReach = best.Peak.StandardDeviation ?? 0,
        };
    }

    private static LinePanel Network(FocusStack stack)
    {
        var distances = Enumerable.Range(0, stack.Planes.Count).Where(i => stack.Planes[i].ContainsKey("distance_um"))
            .Select(i => (stack.Positions.Of(i), stack.Planes[i]["distance_um"])).ToArray();
        return new LinePanel("network: defocus (orange) and distance (grey) in µm",
        [
            new LineTrace("distance", TraceColour.Grey, distances),
            new LineTrace("defocus", TraceColour.Orange, [.. stack.Estimates.Select(estimate => (stack.Positions.Of(estimate.Plane), estimate.Defocus))]) { HasMarks = true },
        ])
        {
            Mark = stack.Network?.Z, MarkReach = stack.Network?.StandardDeviation ?? 0, Reaches = 0,
        };
    }

    private static TraceColour Colour(int metric) => Colours[metric % Colours.Length];
}
