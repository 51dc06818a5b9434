using System.Text.Json;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>Small routes that belong to no feature: the greeting, security self-description, and reports from browsers.</summary>
internal static class PlatformEndpoints
{
    private const long ReportLimit = 64 * 1024;

    public static IEndpointRouteBuilder MapPlatform(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("System").AllowAnonymous();
        group.MapGet("/", Greet.Handle).WithSummary("Greeting").Produces<string>(200, "text/plain");
        group.MapGet("/security/health", GetSecurityHealth.Handle).WithSummary("Which protections are on");
        group
            .MapGet("/security/csp-report", DescribeCspReport.Handle)
            .WithRateBudget(RateBudgets.Reports)
            .WithSummary("Where browsers send policy reports");
        group
            .MapPost("/security/csp-report", ReportCspViolation.Handle)
            .WithRateBudget(RateBudgets.Reports)
            .WithSummary("Take a browser's content security policy report")
            .Accepts<JsonElement>("application/csp-report", "application/reports+json", "application/json")
            .WithMetadata(
                new BodyExample("""{"csp-report":{"violated-directive":"script-src","blocked-uri":"https://example.com/x.js"}}""")
            )
            .WithBodyLimit(ReportLimit);
        group
            .MapPost("/errors/report", ReportClientError.Handle)
            .WithRateBudget(RateBudgets.Reports)
            .WithSummary("Take an error report of the single-page app")
            .Accepts<JsonElement>("application/json", "text/plain")
            .WithMetadata(new BodyExample("""{"type":"TypeError","message":"x is not a function"}"""))
            .WithBodyLimit(ReportLimit);
        return routes;
    }
}
