using System.Net;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Cross-origin rules: exact origins with credentials. A foreign origin gets an ordinary answer without CORS headers, which its browser
/// then hides.
/// </summary>
internal static class Cors
{
    private static readonly TimeSpan ProductionPreflight = TimeSpan.FromDays(1);
    private static readonly TimeSpan DevelopmentPreflight = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddCrossOrigin(this IServiceCollection services)
    {
        services
            .AddOptions<CorsOptions>()
            .Configure<IOptions<HostingOptions>, IHostEnvironment>(
                (cors, hosting, environment) => cors.AddDefaultPolicy(policy => Apply(policy, hosting.Value, environment))
            );
        return services.AddCors();
    }

    private static void Apply(CorsPolicyBuilder policy, HostingOptions options, IHostEnvironment environment)
    {
        var exact = options.Origins.ToHashSet(StringComparer.Ordinal);
        var any = exact.Remove("*");
        if (any)
        {
            // Any origin with credentials would hand every visitor's session to every site.
            policy.AllowAnyOrigin();
        }
        else
        {
            policy.SetIsOriginAllowed(origin => exact.Contains(origin) || (!environment.IsProduction() && IsLocal(origin)));
            if (options.CorsCredentials)
            {
                policy.AllowCredentials();
            }
        }

        policy
            .WithMethods("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS")
            .WithHeaders(
                "Content-Type",
                "Authorization",
                "X-Requested-With",
                "Accept",
                "Origin",
                "X-API-Key",
                "X-CSRF-Token",
                "X-Correlation-Id",
                "Idempotency-Key",
                "Last-Event-ID",
                "Prefer",
                "traceparent",
                "tracestate"
            )
            .WithExposedHeaders(
                "X-Total-Count",
                "Preference-Applied",
                "X-Correlation-Id",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "RateLimit",
                "RateLimit-Policy",
                "Retry-After",
                "Location"
            )
            .SetPreflightMaxAge(environment.IsProduction() ? ProductionPreflight : DevelopmentPreflight);
    }

    /// <summary>localhost or a loopback address as the parsed host, on any port; "localhost.evil.example" is not.</summary>
    internal static bool IsLocal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && (
            string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        );
}
