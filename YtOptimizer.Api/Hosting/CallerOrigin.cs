using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Hosting;

internal static class CallerOrigin
{
    private const int MaxUserAgent = 512;

    /// <summary>Client address (after the trusted proxies), user agent and correlation id, as logs and events record them.</summary>
    public static RequestOrigin Origin(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var agent = context.Request.Headers.UserAgent.ToString();
        return new RequestOrigin(
            address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address,
            agent.Length == 0 ? null : agent.Length > MaxUserAgent ? agent[..MaxUserAgent] : agent,
            context.Response.Headers.TryGetValue("X-Correlation-Id", out var id) && id.Count == 1 ? id[0] : context.TraceIdentifier);
    }
}
