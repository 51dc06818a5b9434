using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>
/// Lets only the person at this console in. The link on the console carries a token that works once and buys a session cookie.
/// Other websites that the same browser visits are kept out: requests must name a loopback host (DNS rebinding) and come from
/// this very page (Origin, Sec-Fetch-Site); the page may load nothing from elsewhere and be framed by nobody.
/// </summary>
internal sealed class DashboardGate(Action<string> announceToken)
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly ConcurrentDictionary<string, bool> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private string _token = "";

    public void AnnounceLink()
    {
        string token;
        lock (_lock)
        {
            token = _token = NewSecret();
        }

        announceToken(token);
    }

    /// <summary>Headers on every answer, checks on every request.</summary>
    public async Task ProtectAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        var request = http.Request;
        if (!IsLoopbackName(request.Host.Host) || (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !IsSameOrigin(request)))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsync("Open the dashboard by the link on the console.", http.RequestAborted);
        }
        else if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !request.Path.Equals("/api/login", StringComparison.Ordinal) && !HasSession(http))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await http.Response.WriteAsync("Sign in by the link on the console; it works once.", http.RequestAborted);
        }
        else
        {
            await next(http);
        }
    }

    /// <summary>Exchanges the token of the link for a session. Reads a body, so that a link preview cannot use the token up.</summary>
    public async Task SignInAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        if (!Redeem((await reader.ReadToEndAsync(http.RequestAborted)).Trim()))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;

        var session = NewSecret();
        _sessions[session] = true;

        // Session cookies are shared by all ports of a host name, hence the port in the name. Strict: no other site can make the browser send it.
        http.Response.Cookies.Append(CookieName(http), session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = TimeSpan.FromDays(7) });
        AnnounceLink();
    }

    // 128 random bits: nobody tries them all, so there is no limit that could lock the owner out.
    private bool Redeem(string offered)
    {
        lock (_lock)
        {
            if (_token.Length == 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(_token)))
            {
                return false;
            }

            _token = "";
            return true;
        }
    }

    private bool HasSession(HttpContext http) => http.Request.Cookies[CookieName(http)] is { } session && _sessions.ContainsKey(session);

    private static string CookieName(HttpContext http) => $"yto-dashboard-{http.Connection.LocalPort}";

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Browsers send Origin with every POST and Sec-Fetch-Site with everything; a reader without either (curl) still needs the session.
    private static bool IsSameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return (origin.Length == 0 ? HttpMethods.IsGet(request.Method) : string.Equals(origin, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase))
            && site is "" or "same-origin";
    }
}
