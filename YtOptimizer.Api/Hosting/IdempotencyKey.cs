using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Hosting;

/// <summary>The header by which a client says that it sends the same request again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 255;

    /// <summary>False with the refusal when the key cannot be used; true with null when none was sent.</summary>
    public static bool TryRead(HttpContext context, out string? key, out ProblemHttpResult? refused)
    {
        key = context.Request.Headers[Header].ToString() is { Length: > 0 } sent ? sent : null;
        refused =
            key is { Length: > Longest } || key?.Any(character => character is < '!' or > '~') == true
                ? Problems.BadRequest(
                    "invalid_idempotency_key",
                    "Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID."
                )
                : null;
        return refused is null;
    }

    /// <summary>The key was used for something else.</summary>
    public static ProblemHttpResult Reused() =>
        Problems.Unprocessable("idempotency_key_reused", "This Idempotency-Key was used for a different request. Send a new key.");
}
