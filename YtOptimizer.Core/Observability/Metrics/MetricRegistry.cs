using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

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

    // Found without building labels: these two are recorded with every request and every statement.
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), (Series Count, Series Duration)> requests = new();
    private Series? commands;
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
                (commands ??= Get("db_query_duration_seconds", "histogram", Labels(("operation", "command")))).Observe(
                    value,
                    Activity.Current
                );
                if (Find(tags, "error.type") is not null)
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
        var key = (
            Find(tags, "http.request.method") as string ?? "_OTHER",
            Find(tags, "http.route") as string ?? "unmatched",
            Find(tags, "http.response.status_code") as int? ?? 0
        );
        if (!requests.TryGetValue(key, out var found))
        {
            found = RequestSeries(key);
        }

        found.Count.Add(1);
        found.Duration.Observe(seconds, Activity.Current);
    }

    private (Series Count, Series Duration) RequestSeries((string Method, string Route, int Status) key)
    {
        SortedDictionary<string, string> All() =>
            Labels(("method", key.Method), ("route", key.Route), ("status_code", key.Status.ToString(CultureInfo.InvariantCulture)));
        var found = (Get("http_requests_total", "counter", All()), Get("http_request_duration_seconds", "histogram", All()));
        // What is beyond the bound of series shares one; its key is not kept.
        if (requests.Count < MaxSeriesPerName)
        {
            requests[key] = found;
        }

        return found;
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

    private static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value;
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
