using System.Diagnostics.Metrics;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Diagnostics;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("inferencebridge.jobs", "{job}", MetricKind.Counter, "inferencebridge_jobs_total")]
    [InlineData("inferencebridge.received", "By", MetricKind.Counter, "inferencebridge_received_bytes_total")]
    [InlineData("inferencebridge.tile.duration", "s", MetricKind.Histogram, "inferencebridge_tile_duration_seconds")]
    [InlineData("a.b-c", null, MetricKind.Gauge, "a_b_c")]
    internal void Name_OfAnInstrument_SpellsItsUnitAndKind(string instrument, string? unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusText.Name(instrument, unit, kind));

    [Fact]
    public void Labels_WithQuotesBackslashesAndLines_AreEscaped()
    {
        var labels = PrometheusText.Labels([new("path", @"C:\x"), new("said", "\"no\"\nyes"), new("n", 1.5)]);
        Assert.Equal("""path="C:\\x",said="\"no\"\nyes",n="1.5" """.TrimEnd(), labels);
        var parsed = Assert.Single(PrometheusParser.Parse($"# TYPE m gauge\nm{{{labels}}} 1\n").Samples);
        Assert.Equal((@"C:\x", "\"no\"\nyes"), (parsed.Labels["path"], parsed.Labels["said"]));
    }

    [Fact]
    public void Write_OfEveryKind_IsTheTextFormat()
    {
        using var meter = new Meter("test");
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] };
        var counter = new MetricFamily(meter.CreateCounter<long>("c", null, "Back\\slash\nand line."));
        var histogram = new MetricFamily(meter.CreateHistogram("h", "s", "H.", advice: advice));
        var gauge = new MetricFamily(meter.CreateObservableGauge("g", () => 0d));
        counter.Measure(1, [new("k", "b")]);
        counter.Measure(2, [new("k", "a")]);
        counter.Measure(3, [new("k", "b")]);
        foreach (var value in new[] { 0.25, 0.5, 1.5, 8 })
        {
            histogram.Measure(value, [new("k", "a")]);
        }

        gauge.Measure(7, []);
        gauge.Measure(double.NegativeInfinity, []);

        Assert.Equal(
            """
            # HELP c_total Back\\slash\nand line.
            # TYPE c_total counter
            c_total{k="a"} 2
            c_total{k="b"} 4
            # HELP h_seconds H.
            # TYPE h_seconds histogram
            h_seconds_bucket{k="a",le="0.5"} 2
            h_seconds_bucket{k="a",le="2"} 3
            h_seconds_bucket{k="a",le="+Inf"} 4
            h_seconds_sum{k="a"} 10.25
            h_seconds_count{k="a"} 4
            # HELP g 
            # TYPE g gauge
            g -Inf

            """.ReplaceLineEndings("\n"), PrometheusText.Write([counter, histogram, gauge]));
    }
}
