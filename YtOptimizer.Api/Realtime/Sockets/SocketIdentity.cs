using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>Who joins a namespace; the same rules as for HTTP. <c>Error</c> says why nobody does.</summary>
internal readonly record struct Joiner(AccessIdentity? Identity, string? Error, string? Code);

/// <summary>
/// Reads the access token in <c>auth.token</c> (or in the handshake's Authorization header). Without one, the user that another namespace
/// of the same connection has proven counts, then the session cookie of the handshake.
/// </summary>
internal sealed class SocketIdentity(AccessTokens tokens, AccessState state, SessionCookieCheck cookies)
{
    private const int LongestToken = 8192;

    public async Task<Joiner> OfAsync(EngineHandshake handshake, JsonElement? auth, AccessIdentity? proven, CancellationToken ct)
    {
        if ((Token(auth) ?? handshake.Authorization) is { } token)
        {
            return await OfTokenAsync(token, handshake, ct);
        }

        if ((proven ?? await OfCookieAsync(handshake, ct)) is not { } identity)
        {
            return new Joiner(null, "Authentication required", "unauthenticated");
        }

        return await CheckAsync(identity, ct);
    }

    private async Task<Joiner> OfTokenAsync(string token, EngineHandshake handshake, CancellationToken ct)
    {
        token = token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? token[7..].Trim() : token;
        var (identity, error) = token.Length <= LongestToken ? await tokens.ReadAsync(token) : (null, null);
        if (identity is not null)
        {
            return await CheckAsync(identity, ct);
        }

        // A page reconnects with the token it was opened with; while its session goes on, the cookie of the same browser says so.
        return error is SecurityTokenExpiredException
            ? await OfCookieAsync(handshake, ct) is { } session
                ? await CheckAsync(session, ct)
                : new Joiner(null, "Token expired", "token_expired")
            : new Joiner(null, "Invalid token", "invalid_token");
    }

    private async Task<Joiner> CheckAsync(AccessIdentity identity, CancellationToken ct)
    {
        var decision = state.Check(identity);
        if (decision != AccessDecision.Granted)
        {
            // The token may come from a process that knows more than this one.
            await state.RefreshAsync(ct);
            decision = state.Check(identity);
        }

        return decision switch
        {
            AccessDecision.Granted => new Joiner(identity, null, null),
            AccessDecision.Revoked => new Joiner(null, "Invalid token", "revoked"),
            _ => new Joiner(null, "Temporarily unavailable", "unavailable"),
        };
    }

    private async Task<AccessIdentity?> OfCookieAsync(EngineHandshake handshake, CancellationToken ct) =>
        handshake.SessionCookie is { } cookie ? await cookies.ReadAsync(cookie, ct) : null;

    private static string? Token(JsonElement? auth) =>
        auth is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty("token", out var token)
        && token.ValueKind == JsonValueKind.String
        && token.GetString() is { Length: > 0 } text
            ? text
            : null;
}
