using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Authenticates by the session cookie, for what a browser opens without headers of its own (EventSource). Only endpoints whose policy
/// names this scheme accept it, only without an Authorization header, and only for pages that may send credentials.
/// </summary>
internal sealed class SessionCookieScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionCookieCheck sessions,
    OriginCheck origins
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "SessionCookie";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            Request.Headers.Authorization.Count > 0
            || Request.Cookies[SessionCookieCheck.Name] is not { Length: > 0 } cookie
            || !origins.MaySendCookies(Context)
        )
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.ReadAsync(cookie, Context.RequestAborted) is not { } identity)
        {
            return AuthenticateResult.Fail("The session is over.");
        }

        var claims = new ClaimsIdentity(Name, "sub", "role");
        claims.AddClaim(new Claim("typ", AccessTokens.ClaimType));
        claims.AddClaim(new Claim("sub", identity.UserId.ToString()));
        claims.AddClaim(new Claim("sid", identity.SessionId.ToString()));
        claims.AddClaim(new Claim("email", identity.Email));
        claims.AddClaim(new Claim("role", identity.Role));
        claims.AddClaim(new Claim("token_version", identity.TokenVersion.ToString(CultureInfo.InvariantCulture)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), Name));
    }

    // The bearer scheme, asked first, has answered already.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
