using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>Exchanges a refresh token for new tokens. Each works once; a token that is used twice ends its session.</summary>
internal static class RefreshToken
{
    /// <summary>Without a token in the body the cookie is used. After a sign-in at a provider, the one-time code of the callback's address
    /// stands in for the token.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request([property: MaxLength(4096)] string? RefreshToken = null);

    public sealed record Response(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType);

    [Refuses(401, "invalid_refresh_token")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request? request,
        HttpContext context,
        RefreshTokens tokens,
        SocialHandOver handOver,
        SessionCookies cookies,
        CancellationToken ct
    )
    {
        var token = string.IsNullOrEmpty(request?.RefreshToken) ? cookies.RefreshToken(context) : request.RefreshToken;
        var pair =
            string.IsNullOrEmpty(token) ? null
            : token.StartsWith(SocialHandOver.Prefix, StringComparison.Ordinal) ? await handOver.ExchangeAsync(token, context.Origin(), ct)
            : (await tokens.ExchangeAsync(token, context.Origin(), ct)).Pair;
        YtoMetrics.AuthEvent("refresh", pair is not null);
        if (pair is null)
        {
            return Problems.Unauthorized(
                "invalid_refresh_token",
                "Invalid token: this refresh token is unknown, spent or expired. Sign in again."
            );
        }

        cookies.Set(context, pair);
        return TypedResults.Ok(new Response(pair.AccessToken, pair.RefreshToken, pair.ExpiresIn, "Bearer"));
    }
}
