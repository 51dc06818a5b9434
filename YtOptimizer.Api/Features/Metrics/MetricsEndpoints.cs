using System.Text.Json;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>Figures of the fleet for operators: Prometheus text, JSON, and a page for people.</summary>
internal static class MetricsEndpoints
{
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder app)
    {
        // The page's shell holds no data; what it shows it asks for with the operator's credentials.
        app.MapGet("/api/v1/metrics-dashboard/{file:regex(^app\\.(css|js)$)}", DashboardPage.GetAsset)
            .AllowAnonymous()
            .ExcludeFromDescription();

        var group = app.MapGroup("").WithTags("Metrics").RequireAuthorization(Policies.Metrics);
        group
            .MapGet("/metrics", GetPrometheus.Handle)
            .WithName("GetPrometheusMetrics")
            .WithSummary("Metrics of the fleet as Prometheus text")
            .Produces<string>(200, "text/plain");
        group
            .MapGet("/api/v1/metrics", GetPrometheus.Handle)
            .WithName("GetPrometheusMetricsV1")
            .WithSummary("Metrics of the fleet as Prometheus text")
            .Produces<string>(200, "text/plain");
        group
            .MapGet("/api/v1/metrics-json", GetMetricsJson.Handle)
            .WithName("GetMetricsJson")
            .WithSummary("Metrics of the fleet as JSON")
            .Produces<JsonElement>()
            .WithMetadata(new BodyExample("""{"timestamp":"2026-11-29T12:00:00+00:00","instances":3,"metrics":[]}"""));

        app.MapGet("/api/v1/test-alert", TestAlert.Handle)
            .RequireAuthorization(Policies.Admin)
            .WithTags("Metrics")
            .WithName("SendTestAlert")
            .WithSummary("Sends a test message to operators");

        // Anonymous as a route because a browser asking for HTML gets the shell; the JSON behind it checks the same policy itself.
        app.MapGet("/api/v1/metrics-dashboard", GetDashboard.Handle)
            .AllowAnonymous()
            .WithTags("Metrics")
            .WithName("GetMetricsDashboard")
            .WithSummary("Dashboard: JSON for programs, a page for browsers")
            .Produces<JsonElement>(200, "application/json", "text/html")
            .WithMetadata(new BodyExample("""{"timestamp":"2026-11-29T12:00:00+00:00","window":"15m","instances":3,"series":[]}"""));
        return app;
    }
}
