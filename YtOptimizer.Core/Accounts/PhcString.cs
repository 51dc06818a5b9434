using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace YtOptimizer.Core.Accounts;

/// <summary>An Argon2id hash in the PHC string format: <c>$argon2id$v=19$m=47104,t=1,p=1$salt$hash</c>.</summary>
internal sealed record PhcString(int MemoryKiB, int Passes, int Parallelism, byte[] Salt, byte[] Hash)
{
    // Bounds keep a damaged row from costing gigabytes.
    private const int MaxMemoryKiB = 1024 * 1024;

    public static bool TryParse(string text, [NotNullWhen(true)] out PhcString? phc)
    {
        phc = null;
        if (text.Split('$') is not ["", "argon2id", "v=19", var parameters, var salt, var hash])
        {
            return false;
        }

        if (
            parameters.Split(',') is not [['m', '=', .. var m], ['t', '=', .. var t], ['p', '=', .. var p]]
            || !Number(m, out var memory)
            || !Number(t, out var passes)
            || !Number(p, out var parallelism)
            || memory is < 8 or > MaxMemoryKiB
            || passes is < 1 or > 64
            || Decode(salt) is not { Length: 16 } saltBytes
            || Decode(hash) is not { Length: >= 16 and <= 64 } hashBytes
        )
        {
            return false;
        }

        phc = new PhcString(memory, passes, parallelism, saltBytes, hashBytes);
        return true;
    }

    private static bool Number(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static byte[]? Decode(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out var written)
            ? buffer[..written]
            : null;
    }
}
