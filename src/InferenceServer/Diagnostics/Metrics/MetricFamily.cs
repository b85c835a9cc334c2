using System.Diagnostics.Metrics;

namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>What an instrument has measured, under all its labels.</summary>
internal sealed class MetricFamily
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<double> _boundaries;
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public MetricFamily(Instrument instrument)
    {
        Kind = instrument.GetType().GetGenericTypeDefinition() switch
        {
            var type when type == typeof(Counter<>) => MetricKind.Counter,
            var type when type == typeof(Histogram<>) => MetricKind.Histogram,
            _ => MetricKind.Gauge,
        };
        Name = PrometheusText.Name(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
        _boundaries = Kind == MetricKind.Histogram ? (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries ?? [] : [];
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                series = new MetricSeries(labels, _boundaries);
                _series.Add(labels, series);
            }

            switch (Kind)
            {
                case MetricKind.Counter:
                    series.Add(value);
                    break;
                case MetricKind.Histogram:
                    series.Record(value);
                    break;
                default:
                    series.Set(value);
                    break;
            }
        }
    }

    /// <summary>Forgets values of a gauge, which says anew what there is.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _series.Clear();
        }
    }

    /// <summary>Reads every series, with nothing measured in between.</summary>
    public void Read(Action<MetricSeries> read)
    {
        lock (_lock)
        {
            foreach (var series in _series.Values)
            {
                read(series);
            }
        }
    }
}

/// <summary>Prometheus' types of metrics.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts values by size.</summary>
    Histogram,
}
