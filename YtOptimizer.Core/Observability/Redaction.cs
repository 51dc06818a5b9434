using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Observability;

/// <summary>
/// Takes secrets out of free text before it is logged or stored. The first rule stays not to put them there; this is for text that
/// others wrote: upstream answers, reports of browsers, messages of exceptions.
/// </summary>
public static partial class Redaction
{
    public const string Mark = "[redacted]";

    /// <summary>Replaces bearer and other JWTs, key=value pairs whose key names a secret, provider keys, credentials in addresses, and
    /// e-mail addresses.</summary>
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        text = Jwt().Replace(text, Mark);
        text = Bearer().Replace(text, "${keep} " + Mark);
        text = UserInfo().Replace(text, "${keep}" + Mark + "@");
        text = Pair().Replace(text, "${keep}" + Mark);
        text = ProviderKey().Replace(text, Mark);
        return Email().Replace(text, Mark);
    }

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"\b(?<keep>bearer|basic)\s+[\w.~+/=-]{6,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(?<keep>://[^\s/:@]*:)[^\s/@]+@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        """(?<keep>(?:password|passwd|pwd|secret|token|api[_-]?key|authorization|access[_-]?key|client[_-]?secret"""
            + """|refresh[_-]?token|cookie|[?&]key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Pair();

    [GeneratedRegex(@"\b(?:sk|pk|rk|AIza|ghp|xox[abp])[-_]?[\w-]{16,}|\b\d{6,12}:[\w-]{30,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProviderKey();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();
}
