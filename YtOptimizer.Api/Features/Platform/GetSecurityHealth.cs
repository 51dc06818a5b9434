using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Platform;

/// <summary>Tells which protections are on, and what of the caller's own request arrived. Nothing about the environment.</summary>
internal static class GetSecurityHealth
{
    public sealed record Response(
        string Message,
        DateTimeOffset Timestamp,
        Protections SecurityHeaders,
        Headers RequestHeaders,
        Config SecurityConfig
    );

    public sealed record Protections(bool Helmet, bool RateLimiting, bool Cors);

    public sealed record Headers(string UserAgent, string AcceptLanguage, string Host);

    public sealed record Config(bool HstsEnabled, bool CspEnabled, bool HttpsForced);

    public static Ok<Response> Handle(
        HttpRequest request,
        IOptions<HostingOptions> hosting,
        IHostEnvironment environment,
        TimeProvider clock
    ) =>
        TypedResults.Ok(
            new Response(
                "Security headers are active.",
                clock.GetUtcNow(),
                new Protections(Helmet: true, RateLimiting: true, Cors: true),
                new Headers(Short(request.Headers.UserAgent), Short(request.Headers.AcceptLanguage), Short(request.Host.Value)),
                new Config(
                    (hosting.Value.ForceHttps || environment.IsProduction()) && request.IsHttps,
                    CspEnabled: true,
                    hosting.Value.ForceHttps
                )
            )
        );

    private static string Short(string? value) =>
        value is null ? ""
        : value.Length <= 256 ? value
        : value[..256];
}
