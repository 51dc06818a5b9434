using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Two HttpOnly cookies beside the tokens in the body: one that a WebSocket handshake can present (scripts cannot send headers
/// there), stable for the life of the session; and the refresh token, for clients that keep none themselves.
/// </summary>
internal sealed class SessionCookies(IOptions<AccountOptions> options)
{
    /// <summary>Read by the sockets; see <see cref="SessionCookieCheck"/>.</summary>
    public const string Session = SessionCookieCheck.Name;
    public const string Refresh = "refresh_token";
    private static readonly string[] RefreshNames = [Refresh, "refreshToken"];

    public void Set(HttpContext context, TokenPair pair)
    {
        context.Response.Cookies.Append(Session, pair.SessionCookie, Options(context, options.Value.SessionAbsoluteLifetime));
        context.Response.Cookies.Append(Refresh, pair.RefreshToken, Options(context, options.Value.RefreshTokenLifetime));
        context.Response.Headers.CacheControl = "no-store";
    }

    public void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(Session, Options(context, null));
        context.Response.Cookies.Delete(Refresh, Options(context, null));
    }

    /// <summary>
    /// The refresh token in the cookie, when the page that sends it may use it: a foreign page could otherwise spend somebody's
    /// token and, by the rules of reuse, sign them out.
    /// </summary>
    public string? RefreshToken(HttpContext context)
    {
        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOurs(context, origin))
        {
            return null;
        }

        return RefreshNames.Select(name => context.Request.Cookies[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }

    private bool IsOurs(HttpContext context, string origin)
    {
        var allowed = (context.RequestServices.GetRequiredService<IConfiguration>()["CORS_ORIGINS"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Append(options.Value.FrontendUrl)
            .Append($"{context.Request.Scheme}://{context.Request.Host}");
        return allowed.Any(entry => entry != "*" && string.Equals(entry.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));
    }

    // A page on another host is another site for the browser, which then sends cookies only with SameSite=None, and that needs https.
    internal CookieOptions Options(HttpContext context, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite =
                context.Request.IsHttps
                && !string.Equals(new Uri(options.Value.FrontendUrl).Host, context.Request.Host.Host, StringComparison.OrdinalIgnoreCase)
                    ? SameSiteMode.None
                    : SameSiteMode.Lax,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        };
}
