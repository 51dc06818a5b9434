using System.Security.Claims;
using Microsoft.AspNetCore.Http.Metadata;
using YtOptimizer.Core.Observability.Logs;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Middleware: one row of <c>api_request_logs</c> per request but probes and scrapes, with the route's template in place of the path.
/// No query string, header or body is stored.
/// </summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, LogBuffer buffer, TimeProvider clock)
{
    private static readonly PathString[] Probes = ["/health", "/alive", "/metrics", "/api/v1/metrics"];

    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // Connections that stay open have no response time.
            if (!IsProbe(context.Request.Path) && context.GetEndpoint()?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null)
            {
                buffer.Add(Row(context, started));
            }
        }
    }

    private ApiRequestRow Row(HttpContext context, long started) =>
        new(
            // A correlation id may repeat (a client chooses it); a row's id may not.
            $"{context.TraceIdentifier[..Math.Min(context.TraceIdentifier.Length, 90)]}:{Guid.CreateVersion7():N}",
            Guid.TryParse(context.User.FindFirstValue("sub"), out var id) ? id : null,
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched",
            context.Request.Method.Length > 10 ? context.Request.Method[..10] : context.Request.Method,
            context.Response.StatusCode,
            (int)clock.GetElapsedTime(started).TotalMilliseconds,
            context.Request.ContentLength is <= int.MaxValue ? context.Request.ContentLength : null,
            context.Response.ContentLength is <= int.MaxValue ? context.Response.ContentLength : null,
            ClientAddress.Of(context).ToString(),
            context.UserAgent(),
            context.Response.StatusCode == StatusCodes.Status429TooManyRequests,
            clock.GetUtcNow()
        );

    private static bool IsProbe(PathString path) => Probes.Any(probe => path.StartsWithSegments(probe, StringComparison.OrdinalIgnoreCase));
}
