using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace YtOptimizer.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> (for people and platforms), <c>/health/readiness</c> (may traffic come), <c>/health/liveness</c> and <c>/alive</c> (must
/// the process be restarted).
/// In every environment, without sign-in; all answer from what <see cref="HealthMonitor"/> saw last.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe<HealthReport>(routes.MapGet(HealthPaths.Health, GetHealth), "State of the application and of the services it depends on.");
        Describe<Readiness>(routes.MapGet(HealthPaths.Readiness, GetReadiness), "Whether traffic may be sent here.");
        Describe<Liveness>(routes.MapGet(HealthPaths.Liveness, GetLiveness), "Whether the process is alive.");
        Describe<Liveness>(routes.MapGet(HealthPaths.Alive, GetAlive), "Whether the process is alive (the name Aspire uses).");
    }

    public static async Task<JsonHttpResult<HealthReport>> GetHealth(
        HealthMonitor monitor,
        IHostEnvironment environment,
        TimeProvider clock,
        HttpResponse response,
        CancellationToken ct
    )
    {
        var probes = await monitor.LatestAsync(ct);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            HealthReport.From(probes, environment, clock),
            Json,
            statusCode: Code(HealthReport.Overall(probes) != HealthStatus.Unhealthy)
        );
    }

    public static async Task<JsonHttpResult<Readiness>> GetReadiness(
        HealthMonitor monitor,
        IHostApplicationLifetime lifetime,
        HttpResponse response,
        CancellationToken ct
    )
    {
        var probes = await monitor.LatestAsync(ct);
        var ready = HealthReport.Overall(probes) != HealthStatus.Unhealthy && !lifetime.ApplicationStopping.IsCancellationRequested;
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Readiness(ready ? "ready" : "not_ready", ready), Json, statusCode: Code(ready));
    }

    public static async Task<JsonHttpResult<Liveness>> GetLiveness(HealthMonitor monitor, HttpResponse response, CancellationToken ct)
    {
        var alive = (await monitor.LatestAsync(ct)).All(probe => !probe.Live || probe.Status != HealthStatus.Unhealthy);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Liveness(alive ? "ok" : "stuck"), Json, statusCode: Code(alive));
    }

    public static Task<JsonHttpResult<Liveness>> GetAlive(HealthMonitor monitor, HttpResponse response, CancellationToken ct) =>
        GetLiveness(monitor, response, ct);

    private static int Code(bool good) => good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    private static void Describe<T>(RouteHandlerBuilder route, string summary) =>
        route.AllowAnonymous().DisableRateLimiting().Produces<T>().WithTags("System").WithSummary(summary);

    public sealed record Readiness(string Status, bool Ready);

    public sealed record Liveness(string Status);
}
