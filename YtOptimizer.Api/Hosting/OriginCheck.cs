using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Whether the page behind a request may open a live connection. Browsers send cookies with WebSocket handshakes from any page and apply no
/// CORS to them, so the server looks at Origin itself. Requests without one do not come from a foreign page.
/// </summary>
internal sealed class OriginCheck(IOptions<HostingOptions> hosting, IHostEnvironment environment)
{
    private readonly IReadOnlyList<string> origins = hosting.Value.Origins;
    private readonly bool any = hosting.Value.Origins.Contains("*", StringComparer.Ordinal);

    public bool IsAllowed(HttpContext context) => any || MaySendCookies(context);

    /// <summary>As above, and its cookies count: where any origin is allowed, only named ones and the API's own host are
    /// believed.</summary>
    public bool MaySendCookies(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && IsNamed(context, origin[0]!));
    }

    private bool IsNamed(HttpContext context, string origin) =>
        origins.Contains(origin, StringComparer.Ordinal)
        || (!environment.IsProduction() && Cors.IsLocal(origin))
        // The scheme may have been changed by a proxy in between.
        || (
            Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
        );
}
