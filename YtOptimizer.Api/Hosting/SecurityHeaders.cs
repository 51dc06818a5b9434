using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Response headers that tell browsers to do nothing unexpected. JSON gets a policy that allows nothing; HTML pages of ours load only
/// what this server serves. Written by hand, because the policy depends on the content type of each answer, which a library's policies
/// per endpoint do not know. A page with an inline script marks it with <see cref="Nonce"/>; a page may also set its own policy.
/// </summary>
internal static class SecurityHeaders
{
    private const string NonceItem = "csp-nonce";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool hsts) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    Apply(context, hsts);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    /// <summary>The nonce of this response's Content-Security-Policy: <c>&lt;script nonce="…"&gt;</c>.</summary>
    public static string Nonce(HttpContext context)
    {
        if (context.Items[NonceItem] is not string nonce)
        {
            // Without + and /, which HTML writers escape: the policy and the page show the same text.
            nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
            context.Items[NonceItem] = nonce;
        }

        return nonce;
    }

    private static void Apply(HttpContext context, bool hsts)
    {
        var headers = context.Response.Headers;
        var contentType = context.Response.ContentType ?? "";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The old filter was itself a hole; 0 switches it off where it still exists.
        headers.XXSSProtection = "0";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "geolocation=(), microphone=(), camera=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Pictures are shown by the single-page app, which lives at another origin.
        headers["Cross-Origin-Resource-Policy"] = contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            ? "cross-origin"
            : "same-origin";
        headers["Origin-Agent-Cluster"] = "?1";
        headers["X-DNS-Prefetch-Control"] = "off";
        headers["X-Permitted-Cross-Domain-Policies"] = "none";
        // Nothing is kept by caches unless its endpoint says so; scripts, styles and pictures of the pages are the same for everybody.
        if (!headers.ContainsKey(HeaderNames.CacheControl) && !IsAsset(contentType))
        {
            headers.CacheControl = "no-store";
        }

        // Also where no Origin was sent: a cache must not hand that answer to a page of another origin.
        if (!headers.Vary.Any(value => value?.Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase) == true))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        }

        if (!headers.ContainsKey(HeaderNames.ContentSecurityPolicy))
        {
            headers.ContentSecurityPolicy = contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
                ? Page(context)
                : "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        }

        if (hsts && context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains; preload";
        }
    }

    private static bool IsAsset(string contentType) =>
        contentType.Contains("javascript", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("font/", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("text/css", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    private static string Page(HttpContext context) =>
        $"default-src 'none'; script-src 'self' 'nonce-{Nonce(context)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + $"font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
        + "report-uri /api/v1/security/csp-report";
}
