using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Metrics;

internal static class GetPrometheus
{
    /// <summary>OpenMetrics (with exemplars) when asked for by Accept, else the Prometheus text format.</summary>
    public static async Task<IResult> Handle(HttpRequest request, MetricSnapshots snapshots, QueueFigures queue, ChoreFigures chores, CancellationToken ct)
    {
        var openMetrics = request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
        List<MetricPoint> points;
        try
        {
            points = [.. (await snapshots.ReadFleetAsync(ct)).Points, .. (await queue.ReadAsync(ct)).ToPoints(), .. await chores.ReadAsync(ct), Up(1)];
        }
        catch (Exception e) when (DatabaseUnavailableException.Matches(e))
        {
            // A scrape during a database outage still tells what this process knows, and says that it is not the fleet.
            points = [.. snapshots.ReadLocal().Points, Up(0)];
        }

        return Results.Text(PrometheusText.Write(points, openMetrics), openMetrics ? PrometheusText.OpenMetricsContentType : PrometheusText.ContentType);
    }

    private static MetricPoint Up(double value) => new() { Name = "database_up", Type = "gauge", Value = value };
}
