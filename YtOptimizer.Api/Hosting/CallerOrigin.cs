using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Api.Hosting;

internal static class CallerOrigin
{
    private const int MaxUserAgent = 512;

    /// <summary>Client address (after the trusted proxies), user agent and correlation id, as logs and events record them.</summary>
    public static RequestOrigin Origin(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return new RequestOrigin(
            address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address,
            context.UserAgent(MaxUserAgent),
            context.Response.Headers.TryGetValue("X-Correlation-Id", out var id) && id.Count == 1 ? id[0] : context.TraceIdentifier);
    }

    /// <summary>One line without secrets, or null: the header is whatever a stranger writes into it.</summary>
    public static string? UserAgent(this HttpContext context, int maxLength) =>
        context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? SecurityEvents.Clean(agent, maxLength) : null;
}
