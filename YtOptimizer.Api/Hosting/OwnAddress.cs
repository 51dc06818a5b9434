using System.Net;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The address under which others reach this API: BACKEND_URL. The Host header is whatever the caller writes, so without the setting it
/// counts only where it names this machine itself.
/// </summary>
internal sealed class OwnAddress(IConfiguration configuration)
{
    /// <summary>Scheme and host without a final slash; null when it is not known.</summary>
    public string? Of(HttpContext context) =>
        configuration["Web:BackendUrl"] is { Length: > 0 } configured ? configured.TrimEnd('/')
        : IsLoopback(context.Request.Host.Host) ? $"{context.Request.Scheme}://{context.Request.Host}"
        : null;

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
