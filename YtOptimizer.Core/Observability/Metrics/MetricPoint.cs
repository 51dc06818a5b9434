using System.Text.Json.Serialization;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>One series: a name, its labels, and a counter, gauge or histogram value. Cumulative since the process started.</summary>
public sealed record MetricPoint
{
    public required string Name { get; init; }

    /// <summary>counter, gauge or histogram.</summary>
    public required string Type { get; init; }

    /// <summary>Label name → value, sorted by name, in whatever order they come: jsonb has an order of its own, and one series must have
    /// one key.</summary>
    public IReadOnlyDictionary<string, string> Labels
    {
        get;
        init =>
            field =
                value as SortedDictionary<string, string>
                ?? new SortedDictionary<string, string>(value.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Value of a counter or gauge; sum of a histogram.</summary>
    public double Value { get; init; }

    /// <summary>Observations per bucket of <see cref="LatencyBuckets"/>, not cumulative; null unless a histogram.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long[]? Buckets { get; init; }

    /// <summary>Per bucket the trace id and value of the last sampled observation, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Exemplar?[]? Exemplars { get; init; }

    [JsonIgnore]
    public string SeriesKey => Name + "{" + string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}")) + "}";
}

/// <param name="TraceId">W3C trace id, 32 hex digits.</param>
/// <param name="Value">The observation in seconds.</param>
public sealed record Exemplar(string TraceId, double Value);
