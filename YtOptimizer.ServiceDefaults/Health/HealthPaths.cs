using Microsoft.AspNetCore.Http;

namespace YtOptimizer.ServiceDefaults;

/// <summary>Paths that platforms poll: neither traced nor logged above Debug, never limited.</summary>
public static class HealthPaths
{
    public const string Health = "/health";
    public const string Liveness = "/health/liveness";
    public const string Readiness = "/health/readiness";
    public const string Alive = "/alive";

    public static bool Contains(PathString path) =>
        path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(Alive, StringComparison.OrdinalIgnoreCase);
}
