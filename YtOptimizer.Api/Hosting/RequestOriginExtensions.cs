using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Api.Hosting;

internal static class RequestOriginExtensions
{
    /// <summary>Client address (after the trusted proxies), user agent and correlation id, as logs and events record them.</summary>
    public static RequestOrigin Origin(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return new RequestOrigin(
            address is null ? null : WrappedAddresses.Unwrap(address),
            context.UserAgent(),
            context.Response.Headers.TryGetValue("X-Correlation-Id", out var id) && id.Count == 1 ? id[0] : context.TraceIdentifier
        );
    }

    /// <summary>The family of the caller's program, or null: the header is whatever a stranger writes into it.</summary>
    public static string? UserAgent(this HttpContext context) => AgentFamily.Of(context.Request.Headers.UserAgent.ToString());
}
