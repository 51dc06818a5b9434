using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>
/// Ends in a redirect to the single-page app. What it finds in the address is a one-time code (<see cref="SocialHandOver"/>), which it
/// exchanges where it exchanges refresh tokens. Only the browser that began may end it: a page that sends somebody to the end of a
/// stranger's sign-in finds no cookie there.
/// </summary>
internal static partial class FinishSocialSignIn
{
    public static async Task<RedirectHttpResult> Handle(
        string provider,
        HttpContext context,
        SocialProviders providers,
        SocialAccounts accounts,
        SessionCookies cookies,
        Db db,
        OwnAddress ownAddress,
        IConfiguration configuration,
        IOptions<AccountOptions> options,
        ILoggerFactory loggers,
        CancellationToken ct,
        string? state = null,
        string? code = null,
        string? error = null
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Cookies.Delete(StartSocialSignIn.Cookie, cookies.Options(context, null));
        var callback = configuration["Web:FrontendCallbackUrl"] is { Length: > 0 } configured
            ? configured
            : options.Value.FrontendUrl + "/auth/callback";

        RedirectHttpResult Failed(string reason) =>
            TypedResults.Redirect(
                QueryHelpers.AddQueryString(
                    callback,
                    new Dictionary<string, string?>(StringComparer.Ordinal) { ["error"] = reason, ["state"] = state }
                )
            );

        if (
            state is not { Length: 64 }
            || !SameBrowser(context, state)
            || await db.FirstOrDefaultAsync<Started>(SocialSignIns.TakeSql, new { digest = StartSocialSignIn.Digest(state), provider }, ct)
                is not { Alive: true } started
        )
        {
            return Failed("invalid_state");
        }

        if (error is not null || string.IsNullOrEmpty(code) || code.Length > 2048)
        {
            return Failed(error is "access_denied" ? "access_denied" : "provider_error");
        }

        try
        {
            var identity = await providers.ExchangeAsync(
                provider,
                code,
                StartSocialSignIn.RedirectUri(provider, context, providers, ownAddress)!,
                started.CodeVerifier,
                started.Nonce,
                ct
            );
            var (handOver, refusal) = await accounts.SignInAsync(provider, identity, context.Origin(), ct);
            if (handOver is null)
            {
                return Failed(refusal!);
            }

            return TypedResults.Redirect(
                QueryHelpers.AddQueryString(
                    callback,
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["success"] = "true",
                        ["state"] = state,
                        ["code"] = handOver,

                        // The names under which the app stores what it finds; it sends the second to /auth/refresh at once.
                        ["access_token"] = handOver,
                        ["refresh_token"] = handOver,
                    }
                )
            );
        }
        catch (SocialSignInException refused)
        {
            Log.Refused(loggers.CreateLogger("YtOptimizer.Auth"), provider, refused.Message);
            return Failed("provider_error");
        }
    }

    private static bool SameBrowser(HttpContext context, string state) =>
        context.Request.Cookies[StartSocialSignIn.Cookie] == Base64Url.EncodeToString(StartSocialSignIn.Digest(state));

    private sealed record Started(string CodeVerifier, string Nonce, bool Alive);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1040, Level = LogLevel.Warning, Message = "Sign-in with {Provider} failed: {Reason}")]
        public static partial void Refused(ILogger logger, string provider, string reason);
    }
}
