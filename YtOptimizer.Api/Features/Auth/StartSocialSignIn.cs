using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>The address at Google or GitHub to which the app sends the browser, with a state that the app compares afterwards.</summary>
internal static class StartSocialSignIn
{
    /// <summary>Ties the sign-in to this browser; ask for the address with credentials. The single-page app compares <c>state</c> as
    /// well.</summary>
    public const string Cookie = "yto_oauth";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public sealed record Response(string Url, string State);

    [Refuses(400, "provider_not_configured")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string provider,
        HttpContext context,
        SocialProviders providers,
        SessionCookies cookies,
        Db db,
        OwnAddress ownAddress,
        CancellationToken ct
    )
    {
        if (!providers.Options(provider).IsConfigured)
        {
            return Problems.BadRequest("provider_not_configured", "This way to sign in is not set up. Sign in with e-mail and password.");
        }

        if (RedirectUri(provider, context, providers, ownAddress) is not { } redirectUri)
        {
            return Problems.BadRequest(
                "provider_not_configured",
                "This way to sign in is not set up: the operator has to set BACKEND_URL. Sign in with e-mail and password."
            );
        }

        var state = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await db.ExecuteAsync(
            SocialSignIns.AddSql,
            new
            {
                digest = Digest(state),
                provider,
                verifier,
                nonce,
                lifetime = Lifetime,
            },
            ct
        );
        context.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(Digest(state)), cookies.Options(context, Lifetime));
        context.Response.Headers.CacheControl = "no-store";
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return TypedResults.Ok(new Response(providers.AuthorizeUrl(provider, redirectUri, state, challenge, nonce), state));
    }

    public static byte[] Digest(string state) => SHA256.HashData(Encoding.UTF8.GetBytes(state));

    /// <summary>Null when this API's own address is not known.</summary>
    public static string? RedirectUri(string provider, HttpContext context, SocialProviders providers, OwnAddress ownAddress) =>
        providers.Options(provider).RedirectUri is { Length: > 0 } configured ? configured
        : ownAddress.Of(context) is { } own ? $"{own}/auth/social/{provider}"
        : null;
}
