using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>Metrics of all processes together as Prometheus text, for scrapers.</summary>
internal static class GetPrometheus
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>OpenMetrics (with exemplars) when asked for by Accept, else the Prometheus text format.</summary>
    public static async Task<IResult> Handle(
        HttpRequest request,
        MetricSnapshots snapshots,
        QueueDepthMetrics queue,
        ChoreMetrics chores,
        CancellationToken ct
    )
    {
        var openMetrics = WantsOpenMetrics(request.Headers.Accept);
        List<MetricPoint> points;
        try
        {
            var fleet = await snapshots.ReadFleetAsync(ct);
            points =
            [
                .. fleet.OfTheFleet(),
                .. fleet.Points.Where(point => !QueueDepthMetrics.Tells(point.Name)),
                .. (await queue.ReadAsync(ct)).ToPoints(),
                .. await chores.ReadAsync(ct),
                Up(1),
            ];
        }
        catch (Exception e) when (DatabaseUnavailableException.Matches(e))
        {
            // A scrape during a database outage still tells what this process knows, and says that it is not the fleet.
            var local = snapshots.ReadLocal();
            points = [.. local.OfTheFleet(), .. local.Points, Up(0)];
        }

        return Results.Text(
            PrometheusText.Write(points, openMetrics),
            openMetrics ? PrometheusText.OpenMetricsContentType : PrometheusText.ContentType
        );
    }

    /// <summary>Asked for by name, and no less than plain text (RFC 9110, 12.5.1); a header that cannot be read asks for nothing.</summary>
    internal static bool WantsOpenMetrics(StringValues accept)
    {
        var ranges = MediaTypeHeaderValue.TryParseList(accept, out var parsed) ? parsed : [];
        double Quality(string type) =>
            ranges
                .Where(range => range.MatchesMediaType(type))
                .OrderByDescending(range =>
                    range.MatchesAllTypes ? 0
                    : range.MatchesAllSubTypes ? 1
                    : 2
                )
                .Select(range => range.Quality ?? 1)
                .FirstOrDefault();
        return ranges.Any(range => range.MediaType == OpenMetrics)
            && Quality(OpenMetrics) is > 0 and var quality
            && quality >= Quality("text/plain");
    }

    private static MetricPoint Up(double value) =>
        new()
        {
            Name = "database_up",
            Type = "gauge",
            Value = value,
        };
}
