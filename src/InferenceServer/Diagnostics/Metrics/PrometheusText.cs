using System.Globalization;
using System.Text;

namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>
/// Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats), with names as OpenTelemetry maps
/// them: units spelled out, "_total" behind counters.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Name(string instrument, string? unit, MetricKind kind)
    {
        var name = new StringBuilder(instrument.Length + 16);
        foreach (var letter in instrument)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        // A unit in braces is an annotation: it counts things that the name names.
        name.Append(unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" });
        return name.Append(kind == MetricKind.Counter ? "_total" : "").ToString();
    }

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            labels.Append(labels.Length > 0 ? "," : "").Append(key).Append("=\"");
            foreach (var letter in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            {
                _ = letter switch
                {
                    '\\' => labels.Append(@"\\"),
                    '"' => labels.Append("\\\""),
                    '\n' => labels.Append(@"\n"),
                    _ => labels.Append(letter),
                };
            }

            labels.Append('"');
        }

        return labels.ToString();
    }

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var help = family.Help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {help}\n# TYPE {family.Name} {family.Kind.ToString().ToLowerInvariant()}\n");
            family.Read(series => Write(text, family, series));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Line(text, family.Name, series.Labels, series.Value);
            return;
        }

        var before = series.Labels.Length > 0 ? series.Labels + "," : "";
        foreach (var (boundary, count) in series.Cumulative())
        {
            Line(text, $"{family.Name}_bucket", $"{before}le=\"{Number(boundary)}\"", count);
        }

        Line(text, $"{family.Name}_bucket", $"{before}le=\"+Inf\"", series.Count);
        Line(text, $"{family.Name}_sum", series.Labels, series.Value);
        Line(text, $"{family.Name}_count", series.Labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
