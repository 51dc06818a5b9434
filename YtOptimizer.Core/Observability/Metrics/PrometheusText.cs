using System.Globalization;
using System.Text;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// Writes series in the Prometheus text format (0.0.4) or OpenMetrics 1.0, which alone carries exemplars. Each family appears under its
/// contract name and under <c>youtube_optimizer_…</c>, which older dashboards use.
/// Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md.
/// </summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    // The runbook and the first implementation's documents use these names for the same figures.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["db_query_duration_seconds"] = "database_query_duration",
    };

    public static string Write(IEnumerable<MetricPoint> points, bool openMetrics)
    {
        ArgumentNullException.ThrowIfNull(points);
        var text = new StringBuilder();
        var families = points.GroupBy(p => p.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var family in families)
        {
            WriteFamily(text, family.Key, family, openMetrics);
            if (Aliases.TryGetValue(family.Key, out var alias))
            {
                WriteFamily(text, alias, family, openMetrics);
            }
        }

        foreach (var family in families)
        {
            WriteFamily(text, "youtube_optimizer_" + family.Key, family, openMetrics);
        }

        if (openMetrics)
        {
            text.Append("# EOF\n");
        }

        return text.ToString();
    }

    private static void WriteFamily(StringBuilder text, string name, IEnumerable<MetricPoint> points, bool openMetrics)
    {
        var all = points.ToList();
        var type = all[0].Type;
        // OpenMetrics names a counter's family without the _total that its samples carry.
        var isTotal = name.EndsWith("_total", StringComparison.Ordinal);
        var family = openMetrics && type == "counter" && isTotal ? name[..^"_total".Length] : name;
        var shownType = openMetrics && type == "counter" && !isTotal ? "unknown" : type;
        text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {Help(name)}\n# TYPE {family} {shownType}\n");
        foreach (var point in all)
        {
            if (point.Buckets is { } buckets)
            {
                WriteHistogram(text, name, point, buckets, openMetrics);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{Labels(point.Labels, null)} {Number(point.Value)}\n");
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricPoint point, long[] buckets, bool openMetrics)
    {
        long cumulative = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulative += buckets[i];
            var bound = i < LatencyBuckets.Bounds.Length ? Bound(LatencyBuckets.Bounds[i], openMetrics) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Labels(point.Labels, bound)} {cumulative}");
            if (openMetrics && point.Exemplars?[i] is { } exemplar)
            {
                text.Append(CultureInfo.InvariantCulture, $" # {{trace_id=\"{exemplar.TraceId}\"}} {Number(exemplar.Value)}");
            }

            text.Append('\n');
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"{name}_sum{Labels(point.Labels, null)} {Number(point.Value)}\n{name}_count{Labels(point.Labels, null)} {cumulative}\n"
        );
    }

    private static string Labels(IReadOnlyDictionary<string, string> labels, string? le)
    {
        var pairs = labels.Select(l => $"{l.Key}=\"{Escape(l.Value)}\"").ToList();
        if (le is not null)
        {
            pairs.Add($"le=\"{le}\"");
        }

        return pairs.Count == 0 ? "" : "{" + string.Join(',', pairs) + "}";
    }

    private static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    // OpenMetrics asks for canonical floats in labels (1.0), the older format is read either way.
    private static string Bound(double value, bool openMetrics) =>
        openMetrics && Number(value) is var text && text.All(char.IsAsciiDigit) ? Number(value) + ".0" : Number(value);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One sentence per family.</summary>
    public static string Help(string name) => MetricHelp.For(name);
}
