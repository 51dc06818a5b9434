using System.Buffers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace YtOptimizer.Core.Accounts;

/// <summary>Who an access token speaks for.</summary>
public sealed record AccessIdentity(Guid UserId, string Email, string Role, Guid SessionId, int TokenVersion);

/// <summary>
/// Issues and reads access tokens: HS256, one audience, one type. Browsers decode the payload with plain <c>atob</c>, so it is
/// ASCII and never contains the characters whose base64url form needs '-' or '_'.
/// </summary>
public sealed class AccessTokens(IOptions<AccountOptions> options, AccountKeys keys, TimeProvider time)
{
    /// <summary>The header's type (RFC 9068): no other kind of token passes for an access token.</summary>
    public const string HeaderType = "at+jwt";

    /// <summary>The payload's own type claim.</summary>
    public const string ClaimType = "access";

    private readonly SigningCredentials credentials = new(new SymmetricSecurityKey(keys.Current.Signing), SecurityAlgorithms.HmacSha256);

    /// <summary>Reads and writes; for the bearer scheme as well.</summary>
    public StrictTokenHandler Handler { get; } =
        new(time, options.Value.ClockSkew) { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    public TokenValidationParameters Validation { get; } =
        new()
        {
            ValidIssuer = options.Value.Issuer,
            ValidAudience = options.Value.Audience,
            ValidTypes = [HeaderType],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = [.. keys.All.Select(k => new SymmetricSecurityKey(k.Signing))],
            TryAllIssuerSigningKeys = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (from, until, _, parameters) => IsAlive(from, until, time.GetUtcNow().UtcDateTime, parameters.ClockSkew),
            ClockSkew = options.Value.ClockSkew,
            NameClaimType = "sub",
            RoleClaimType = "role",
        };

    /// <summary>A signed token and its lifetime in seconds.</summary>
    public (string Token, int ExpiresIn) Issue(AccessIdentity identity, TimeSpan? shorter = null)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var lifetime = (int)(shorter ?? options.Value.AccessTokenLifetime).TotalSeconds;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", options.Value.Issuer);
            json.WriteString("aud", options.Value.Audience);
            json.WriteString("typ", ClaimType);
            json.WriteString("sub", identity.UserId);
            json.WriteString("email", identity.Email);
            json.WriteString("role", identity.Role);
            json.WriteStartArray("roles");
            json.WriteStringValue(identity.Role);
            json.WriteEndArray();
            json.WriteString("sid", identity.SessionId);
            json.WriteString("jti", Guid.CreateVersion7());
            json.WriteNumber("token_version", identity.TokenVersion);
            json.WriteNumber("iat", now);
            json.WriteNumber("nbf", now);
            json.WriteNumber("exp", now + lifetime);
            json.WriteEndObject();
        }

        // The writer escapes everything beyond ASCII and '>'; in JSON the other two occur inside strings only.
        var payload = Encoding
            .ASCII.GetString(buffer.WrittenSpan)
            .Replace("?", "\\u003f", StringComparison.Ordinal)
            .Replace("~", "\\u007e", StringComparison.Ordinal);
        return (
            Handler.CreateToken(payload, credentials, new Dictionary<string, object>(StringComparer.Ordinal) { ["typ"] = HeaderType }),
            lifetime
        );
    }

    /// <summary>Signature, lifetime, issuer, audience and type; null with the reason when one is wrong. Revocation is
    /// <see cref="AccessState"/>'s.</summary>
    public async Task<(AccessIdentity? Identity, Exception? Error)> ReadAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(token, Validation);
        return result.IsValid ? (Identify(result.ClaimsIdentity), null) : (null, result.Exception);
    }

    /// <summary>The identity in validated claims; null when one is missing or of another kind.</summary>
    public static AccessIdentity? Identify(ClaimsIdentity? claims)
    {
        if (
            claims?.FindFirst("typ")?.Value != ClaimType
            || !Guid.TryParse(claims.FindFirst("sub")?.Value, out var userId)
            || !Guid.TryParse(claims.FindFirst("sid")?.Value, out var sessionId)
            || !int.TryParse(claims.FindFirst("token_version")?.Value, System.Globalization.CultureInfo.InvariantCulture, out var version)
            || claims.FindFirst("role")?.Value is not { } role
            || claims.FindFirst("email")?.Value is not { } email
        )
        {
            return null;
        }

        return new AccessIdentity(userId, email, role, sessionId, version);
    }

    private static bool IsAlive(DateTime? from, DateTime? until, DateTime now, TimeSpan skew)
    {
        if (until is null)
        {
            throw new SecurityTokenNoExpirationException("The token has no expiry.");
        }

        if (until.Value + skew <= now)
        {
            throw new SecurityTokenExpiredException("Token expired") { Expires = until.Value };
        }

        return from is null || from.Value - skew <= now;
    }
}
