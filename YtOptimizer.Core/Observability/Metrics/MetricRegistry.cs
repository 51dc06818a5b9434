using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// Collects this process's measurements in the contract's names: our own meter as it is, ASP.NET Core's request duration as
/// <c>http_request_duration_seconds</c> and <c>http_requests_total</c>, Npgsql's command duration as <c>db_query_duration_seconds</c>.
/// Safe for concurrent use; series are bounded, what comes beyond the bound is counted under the label value "other".
/// </summary>
public sealed class MetricRegistry : IDisposable
{
    private const int MaxSeriesPerName = 500;
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> seriesPerName = new(StringComparer.Ordinal);
    private long activeRequests;

    /// <param name="meters">The host's own factory: requests of another host in the same process are not counted here. Null counts
    /// all.</param>
    public MetricRegistry(IMeterFactory? meters = null)
    {
        listener.InstrumentPublished = (instrument, meterListener) =>
        {
            if (
                instrument.Meter.Name is YtoMetrics.MeterName or "Npgsql"
                || (
                    instrument.Name is "http.server.request.duration" or "http.server.active_requests"
                    && (meters is null || ReferenceEquals(instrument.Meter.Scope, meters))
                )
            )
            {
                meterListener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Requests being served at this moment.</summary>
    public long ActiveRequests => Interlocked.Read(ref activeRequests);

    /// <summary>All series of this process, cumulative, in a stable order.</summary>
    public IReadOnlyList<MetricPoint> Collect()
    {
        listener.RecordObservableInstruments();
        return [.. series.Values.Select(s => s.ToPoint()).OrderBy(p => p.SeriesKey, StringComparer.Ordinal)];
    }

    public void Dispose() => listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        switch (instrument.Name)
        {
            case "http.server.request.duration":
                RecordRequest(value, tags);
                break;
            case "http.server.active_requests":
                Interlocked.Add(ref activeRequests, (long)value);
                break;
            case "db.client.operation.duration" or "db.client.commands.duration":
                Observe("db_query_duration_seconds", Labels(("operation", "command")), value);
                if (Value(tags, "error.type") is not null)
                {
                    Add("db_errors_total", Labels(("type", "command")), 1);
                }

                break;
            case "db.client.commands.failed":
                Add("db_errors_total", Labels(("type", "command")), value);
                break;
            default:
                if (instrument.Meter.Name == YtoMetrics.MeterName)
                {
                    RecordOwn(instrument, value, tags);
                }

                break;
        }
    }

    private void RecordRequest(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(
            ("method", Value(tags, "http.request.method") ?? "_OTHER"),
            ("route", Value(tags, "http.route") ?? "unmatched"),
            ("status_code", Value(tags, "http.response.status_code") ?? "0")
        );
        Add("http_requests_total", labels, 1);
        Observe("http_request_duration_seconds", labels, seconds);
    }

    private void RecordOwn(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            labels[tag.Key.Replace('.', '_')] = tag.Value?.ToString() ?? "";
        }

        var name = instrument.Name.Replace('.', '_');
        var type = instrument.GetType().Name;
        if (type.StartsWith("Histogram", StringComparison.Ordinal))
        {
            Observe(name, labels, value);
        }
        else if (type.StartsWith("ObservableGauge", StringComparison.Ordinal) || type.StartsWith("Gauge", StringComparison.Ordinal))
        {
            Get(name, "gauge", labels).Set(value);
        }
        else
        {
            Add(name, labels, value);
        }
    }

    private void Add(string name, SortedDictionary<string, string> labels, double value) => Get(name, "counter", labels).Add(value);

    private void Observe(string name, SortedDictionary<string, string> labels, double seconds) =>
        Get(name, "histogram", labels).Observe(seconds, Activity.Current);

    private Series Get(string name, string type, SortedDictionary<string, string> labels)
    {
        var key = Key(name, labels);
        if (series.TryGetValue(key, out var found))
        {
            return found;
        }

        if (seriesPerName.AddOrUpdate(name, 1, (_, count) => count + 1) > MaxSeriesPerName)
        {
            foreach (var label in labels.Keys.ToArray())
            {
                labels[label] = "other";
            }

            key = Key(name, labels);
        }

        return series.GetOrAdd(key, _ => new Series(name, type, labels));
    }

    private static string Key(string name, SortedDictionary<string, string> labels) =>
        name + "\n" + string.Join('\n', labels.Select(l => l.Key + "=" + l.Value));

    private static SortedDictionary<string, string> Labels(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            labels[name] = value;
        }

        return labels;
    }

    private static string? Value(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString();
            }
        }

        return null;
    }

    private sealed class Series(string name, string type, SortedDictionary<string, string> labels)
    {
        private readonly Lock gate = new();
        private readonly long[]? buckets = type == "histogram" ? new long[LatencyBuckets.Bounds.Length + 1] : null;
        private readonly Exemplar?[]? exemplars = type == "histogram" ? new Exemplar?[LatencyBuckets.Bounds.Length + 1] : null;
        private double total;

        public void Add(double amount)
        {
            lock (gate)
            {
                total += amount;
            }
        }

        public void Set(double value)
        {
            lock (gate)
            {
                total = value;
            }
        }

        public void Observe(double seconds, Activity? activity)
        {
            var index = LatencyBuckets.IndexOf(seconds);
            lock (gate)
            {
                total += seconds;
                buckets![index]++;
                if (activity is { Recorded: true })
                {
                    exemplars![index] = new Exemplar(activity.TraceId.ToHexString(), seconds);
                }
            }
        }

        public MetricPoint ToPoint()
        {
            lock (gate)
            {
                return new MetricPoint
                {
                    Name = name,
                    Type = type,
                    Labels = labels,
                    Value = total,
                    Buckets = (long[]?)buckets?.Clone(),
                    Exemplars = (Exemplar?[]?)exemplars?.Clone(),
                };
            }
        }
    }
}
