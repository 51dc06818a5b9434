using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// Tokens whose signature and claims this process has checked already: a client sends the same one with every request of a quarter of an
/// hour. Their lifetime is looked at each time, and so is revocation (<see cref="AccessState"/>), which is not part of this. All are
/// checked by the same rules: the parameters that a caller gives are copies of <see cref="AccessTokens.Validation"/>.
/// </summary>
internal sealed class ValidatedTokens(TimeProvider time, TimeSpan clockSkew)
{
    /// <summary>About 4 kB each.</summary>
    private const int MaxEntries = 4096;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>The earlier result; null when there is none, or the token is not valid any more.</summary>
    public TokenValidationResult? Find(string? token) =>
        token is not null && entries.TryGetValue(token, out var entry) && IsAlive(entry) ? entry.Result : null;

    public void Add(string token, TokenValidationResult result)
    {
        if (!result.IsValid)
        {
            return;
        }

        if (entries.Count >= MaxEntries)
        {
            // A crowd of clients costs each of them one more check now and then.
            entries.Clear();
        }

        entries[token] = new Entry(result, result.SecurityToken.ValidFrom, result.SecurityToken.ValidTo);
    }

    private bool IsAlive(Entry entry)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return entry.ValidTo + clockSkew > now && entry.ValidFrom - clockSkew <= now;
    }

    private sealed record Entry(TokenValidationResult Result, DateTime ValidFrom, DateTime ValidTo);
}
