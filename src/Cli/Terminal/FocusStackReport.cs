using System.Globalization;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>Where the focus of a stack lies, for people or as JSON.</summary>
internal static class FocusStackReport
{
    public static void Write(FocusStack stack, TextWriter output)
    {
        var about = new TextTable();
        about.Add("stack", $"{stack.Name}, {Format.Count(stack.Planes.Count)} planes");
        about.Add("operation", $"{stack.Summary.Operation}, version {stack.Summary.OperationVersion} on {stack.Summary.Device}");
        about.Add("z-step", stack.Positions.Step is { } step ? $"{Format.Number(step)} µm" : "not known; positions are plane numbers (give --z-step)");
        about.Add("best plane", string.Create(CultureInfo.InvariantCulture, $"{stack.BestPlane}, counted from 0{(stack.BestFile is { } file ? $": {file}" : "")}"));
        if (stack.Best is { } best)
        {
            about.Add("focus", $"{Place(stack, best)}, by {best.Metric}");
            Explain(about, best.Peak);
        }

        Network(about, stack);
        foreach (var warning in stack.Summary.Warnings)
        {
            about.Add("warning", warning);
        }

        about.WriteTo(output);
        output.WriteLine();
        var table = new TextTable("metric", "best plane", "focus");
        foreach (var peak in stack.Peaks)
        {
            table.Add(peak.Metric, stack.BestPlaneOf(peak)?.ToString(CultureInfo.InvariantCulture) ?? "none", Place(stack, peak) + (stack.Disagreeing.Contains(peak) ? "  (disagrees)" : ""));
        }

        table.WriteTo(output, "  ");
    }

    public static object ToJson(FocusStack stack) => new
    {
        stack.Name,
        stack.Summary.Operation,
        stack.Summary.OperationVersion,
        stack.Summary.Device,
        Planes = stack.Planes.Count,
        stack.EmptyPlanes,
        ZStepUm = stack.Positions.Step,
        stack.Positions.Unit,
        stack.BestPlane,
        stack.BestFile,
        Metric = stack.Decisive,
        Focus = stack.Best is { } best ? Peak(stack, best) : null,
        Metrics = stack.Peaks.Select(peak => Peak(stack, peak)),
        Disagreeing = stack.Disagreeing.Select(peak => peak.Metric),
        Network = stack.NetworkPlane is not { } plane ? null : new { BestPlane = plane, ZUm = stack.Network?.Z, ZSdUm = stack.Network?.StandardDeviation },
        stack.Summary.Warnings,
    };

    /// <summary>Where a metric puts the focus: "0.91 ± 0.02 µm".</summary>
    public static string Place(FocusStack stack, MetricPeak metric)
    {
        var (peak, unit) = (metric.Peak, stack.Positions.Unit);
        string At(double z) => z.ToString("0.000", CultureInfo.InvariantCulture);
        return peak.Kind switch
        {
            FocusPeakKind.Inside => $"{At(peak.Z)} ± {At(peak.StandardDeviation ?? 0)} {unit}",
            FocusPeakKind.None => "no maximum",
            _ => $"{At(peak.Z)} {unit}, at the stack's end",
        };
    }

    private static object Peak(FocusStack stack, MetricPeak metric) => new
    {
        metric.Metric, BestPlane = stack.BestPlaneOf(metric), metric.Peak.Kind, metric.Peak.Z, Sd = metric.Peak.StandardDeviation, metric.Peak.SideMaximum,
    };

    private static void Explain(TextTable table, FocusPeak peak)
    {
        if (peak.Kind is FocusPeakKind.AtLowerEnd or FocusPeakKind.AtUpperEnd)
        {
            table.Add("note", "The sharpest plane is at an end of the stack: the focus may lie outside of it.");
        }
        else if (peak.Kind == FocusPeakKind.None)
        {
            table.Add("note", "The scores have no maximum that stands out of their noise.");
        }
        else if (peak.SideMaximum > 0.8)
        {
            table.Add("note", string.Create(CultureInfo.InvariantCulture, $"Another maximum is {peak.SideMaximum:P0} as high: there may be two layers."));
        }
    }

    private static void Network(TextTable table, FocusStack stack)
    {
        if (stack.EmptyPlanes > 0)
        {
            table.Add("empty", $"{Format.Count(stack.EmptyPlanes)} planes show nothing, and are left out");
        }

        if (stack.NetworkPlane is { } plane)
        {
            var place = stack.Network is { } focus
                ? string.Create(CultureInfo.InvariantCulture, $"{focus.Z:0.000} ± {focus.StandardDeviation:0.000} µm; ")
                : stack.Positions.Step is null ? "" : "the sign of the defocus is open; ";
            table.Add("network", string.Create(CultureInfo.InvariantCulture, $"{place}nearest plane {plane}"));
        }
    }
}
