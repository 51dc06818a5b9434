using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>The product's permission table as authorization policies. What names none of them is closed to everybody.</summary>
internal static class AuthorizationPolicies
{
    private static readonly string[] Everyone = ["user", "premium", "moderator", "admin"];
    private static readonly string[] Staff = ["moderator", "admin"];
    private static readonly string[] Administrators = ["admin"];

    public static WebApplicationBuilder AddPolicies(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.User, p => p.RequireAuthenticatedUser().RequireClaim("role", Everyone))
            .AddPolicy(Policies.Live, p =>
                p.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme, SessionCookieScheme.Name)
                    .RequireAuthenticatedUser()
                    .RequireClaim("role", Everyone)
            )
            .AddPolicy(Policies.AdminPanel, p => p.RequireAuthenticatedUser().RequireClaim("role", Staff))
            .AddPolicy(Policies.DeleteAnyContent, p => p.RequireAuthenticatedUser().RequireClaim("role", Staff))
            .AddPolicy(Policies.ViewAllJobs, p => p.RequireAuthenticatedUser().RequireClaim("role", Staff))
            .AddPolicy(Policies.ManageUsers, p => p.RequireAuthenticatedUser().RequireClaim("role", Administrators))
            .AddPolicy(Policies.Admin, p => p.RequireAuthenticatedUser().RequireClaim("role", Administrators))
            .AddPolicy(Policies.Metrics, p => p.RequireAssertion(MayReadMetrics))
            // Routes must say who may use them. Without a route (404) or a method (405) there is nothing to protect.
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder()
                    .RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
                    .Build()
            );
        return builder;
    }

    private static bool MayReadMetrics(AuthorizationHandlerContext context) =>
        context.User.HasClaim("role", "admin")
        || (context.Resource is HttpContext http && (HasMetricsToken(http) || IsTrustedNetwork(http)));

    private static bool HasMetricsToken(HttpContext http)
    {
        var expected = http.RequestServices.GetRequiredService<IConfiguration>()["METRICS_TOKEN"];
        var header = http.Request.Headers.Authorization.ToString();
        return !string.IsNullOrEmpty(expected)
            && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[7..].Trim())),
                SHA256.HashData(Encoding.UTF8.GetBytes(expected))
            );
    }

    // This machine, and what METRICS_NETWORKS lists. A forwarded request comes from elsewhere, whatever address the proxy has.
    private static bool IsTrustedNetwork(HttpContext http)
    {
        if (
            http.Request.Headers.ContainsKey("X-Forwarded-For")
            || http.Request.Headers.ContainsKey("Forwarded")
            || http.Connection.RemoteIpAddress is not { } address
        )
        {
            return false;
        }

        address = ClientAddress.Normalize(address);
        return IPAddress.IsLoopback(address)
            || http.RequestServices.GetRequiredService<IOptions<HostingOptions>>()
                .Value.MetricsReaders.Any(network => network.Contains(address));
    }
}
