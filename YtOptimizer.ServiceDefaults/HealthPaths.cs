using Microsoft.AspNetCore.Http;

namespace YtOptimizer.ServiceDefaults;

/// <summary>Paths that platforms poll: neither traced nor, for probes, logged above Debug and limited.</summary>
public static class HealthPaths
{
    public const string Health = "/health";
    public const string Liveness = "/health/liveness";
    public const string Readiness = "/health/readiness";
    public const string Alive = "/alive";

    /// <summary>Where Prometheus scrapes; the metrics feature maps them.</summary>
    private static readonly PathString[] Metrics = ["/metrics", "/api/v1/metrics"];

    /// <summary>Probes and scrapes: no traces.</summary>
    public static bool IsPolled(PathString path) => Contains(path) || Metrics.Contains(path);

    public static bool Contains(PathString path) =>
        path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(Alive, StringComparison.OrdinalIgnoreCase);
}
