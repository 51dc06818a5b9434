using System.Text;

namespace YtOptimizer.Core.Accounts;

/// <summary>Tells a generated signing secret from a default or a word. Values are never part of the answer.</summary>
public static class SecretStrength
{
    public const int MinBytes = 32;

    // Fragments of the defaults that tutorials, templates and the service's first implementation ship.
    private static readonly string[] WeakWords =
    [
        "secret",
        "password",
        "changeme",
        "change-me",
        "change_me",
        "default",
        "example",
        "your-",
        "your_",
        "supersecret",
        "jwt-key",
        "jwtkey",
        "super-secret",
        "development",
        "placeholder",
        "replace",
        "insecure",
        "ytoptimizer",
        "youtube",
        "qwerty",
        "letmein",
        "abcdefgh",
        "12345678",
    ];

    /// <summary>Null when <paramref name="secret"/> is fit to sign with, else why it is not.</summary>
    public static string? Weakness(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (Encoding.UTF8.GetByteCount(secret) < MinBytes)
        {
            return $"is shorter than {MinBytes} bytes";
        }

        if (WeakWords.Any(word => secret.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return "contains a well-known word or a default";
        }

        if (secret.Distinct().Count() < 10 || Repeats(secret))
        {
            return "is made of too few different characters";
        }

        return null;
    }

    private static bool Repeats(string secret)
    {
        for (var period = 1; period <= secret.Length / 2; period++)
        {
            if (secret.AsSpan(period).SequenceEqual(secret.AsSpan(0, secret.Length - period)))
            {
                return true;
            }
        }

        return false;
    }
}
