using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Reads tokens of exactly one spelling. The library takes padding, numbers in quotes and repeated claims, of which it sees one and another
/// reader might see the other (RFC 7515, 5.2; RFC 7519, 4; RFC 8725, 2.4): those, and tokens from the future, are refused before a
/// signature is looked at.
/// </summary>
public sealed class StrictTokenHandler(TimeProvider time, TimeSpan clockSkew) : JsonWebTokenHandler
{
    private const int MaxLength = 8 * 1024;

    private static readonly string[] Times = ["exp", "nbf", "iat"];

    private readonly ValidatedTokens validated = new(time, clockSkew);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (validated.Find(token) is { } known)
        {
            return known;
        }

        if (Fault(token) is { } fault)
        {
            return new TokenValidationResult { IsValid = false, Exception = new SecurityTokenMalformedException(fault) };
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        validated.Add(token, result);
        return result;
    }

    /// <summary>What is wrong with the spelling, or null.</summary>
    private string? Fault(string? token)
    {
        if (token is not { Length: > 0 and <= MaxLength } || token.Split('.') is not [var header, var payload, var signature])
        {
            return "not three parts";
        }

        if (Decode(header) is not { } headerBytes || Decode(payload) is not { } payloadBytes || Decode(signature) is null)
        {
            return "a part is not base64url without padding";
        }

        try
        {
            using var head = JsonDocument.Parse(headerBytes, Strict);
            using var body = JsonDocument.Parse(payloadBytes, Strict);
            return head.RootElement.ValueKind != JsonValueKind.Object || body.RootElement.ValueKind != JsonValueKind.Object
                ? "not JSON objects"
                : Fault(body.RootElement);
        }
        catch (JsonException)
        {
            return "unreadable JSON, or a member twice";
        }
    }

    private string? Fault(JsonElement payload)
    {
        foreach (var name in Times)
        {
            if (payload.TryGetProperty(name, out var claim) && claim.ValueKind != JsonValueKind.Number)
            {
                return name + " is no number";
            }
        }

        return
            payload.TryGetProperty("iat", out var issued)
            && issued.TryGetDouble(out var seconds)
            && seconds > (time.GetUtcNow() + clockSkew).ToUnixTimeSeconds()
            ? "issued in the future"
            : null;
    }

    private static JsonDocumentOptions Strict => new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // One spelling per value: the unused bits of the last character are zero.
    private static byte[]? Decode(string part)
    {
        var buffer = new byte[part.Length];
        return
            part.Length > 0
            && !part.Contains('=', StringComparison.Ordinal)
            && Base64Url.TryDecodeFromChars(part, buffer, out var written)
            && Base64Url.EncodeToString(buffer.AsSpan(0, written)) == part
            ? buffer[..written]
            : null;
    }
}
