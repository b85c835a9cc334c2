using System.Diagnostics.Metrics;

namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>Keeps what this server's meter measures, for Prometheus to fetch. Other servers in the process have their own.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly List<MetricFamily> _families = [];

    /// <param name="meters">Factory of the server's meters: it tells them from those of other servers.</param>
    public MetricCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                var family = new MetricFamily(instrument);
                lock (_lock)
                {
                    _families.Add(family);
                }

                listener.EnableMeasurementEvents(instrument, family);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        _listener.Start();
    }

    /// <summary>Everything that is known now, in Prometheus' text format 0.0.4.</summary>
    public string Scrape()
    {
        lock (_lock)
        {
            foreach (var gauge in _families.Where(family => family.Kind == MetricKind.Gauge))
            {
                gauge.Clear();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();
}
