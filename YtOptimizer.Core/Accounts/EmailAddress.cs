using System.Globalization;
using System.Text;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// The one place that knows what an e-mail address is (RFC 5321 with SMTPUTF8, RFC 6531; domains by IDNA, UTS 46) and which two are the
/// same. Refused on purpose though RFC 5321 knows them: quoted local parts, address literals, domains without a dot.
/// </summary>
public static class EmailAddress
{
    /// <summary>Octets of a whole address: a path of 256 less its angle brackets (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxOctets = 254;

    private const int MaxLocalOctets = 64;
    private const string AtomSigns = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The normal form by which addresses are compared, byte by byte. Characters that cannot be seen and white space around are dropped,
    /// the text is composed (NFC), the local part is lower-cased letter by letter as Unicode's simple mapping says (so İ, which has none
    /// that is the same in every language, stays), and the domain becomes its ASCII form without a final dot. Never fails: an address that
    /// was accepted once keeps a form.
    /// </summary>
    public static string Key(string text)
    {
        var (local, domain) = Split(Compose(Visible(text)));
        return domain is null ? local : $"{local}@{Ascii(domain) ?? domain.TrimEnd('.')}";
    }

    /// <summary>What is stored and mailed to: the normal form, with the domain in letters people read. For addresses without a
    /// <see cref="Problem"/>.</summary>
    public static string Stored(string text)
    {
        var (local, domain) = Split(Compose(Visible(text)));
        return domain is null ? local : $"{local}@{Readable(Ascii(domain) ?? domain)}";
    }

    public static bool IsValid(string? text) => Problem(text) is null;

    /// <summary>Why no account can be made with this address; null when one can.</summary>
    public static string? Problem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 4 * MaxOctets)
        {
            return $"Give a valid e-mail address of at most {MaxOctets} characters.";
        }

        if (TextCharacters.FirstInvisible(text.Trim()) is { } hidden)
        {
            return $"The e-mail address contains {TextCharacters.Name(hidden)}, which cannot be seen. Type the address instead of "
                + $"pasting it.";
        }

        var (local, domain) = Split(Compose(text.Trim()));
        if (domain is null || local.Length == 0)
        {
            return "An e-mail address has a name, an @ and a domain.";
        }

        return LocalProblem(local) ?? DomainProblem(domain, Encoding.UTF8.GetByteCount(local));
    }

    private static string? LocalProblem(string local)
    {
        if (Encoding.UTF8.GetByteCount(local) > MaxLocalOctets)
        {
            return $"The part before the @ is longer than {MaxLocalOctets} bytes.";
        }

        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal))
        {
            return "The part before the @ may not begin or end with a full stop, nor have two in a row.";
        }

        foreach (var rune in local.EnumerateRunes())
        {
            var allowed = rune.IsAscii
                ? Rune.IsLetterOrDigit(rune) || rune.Value == '.' || AtomSigns.Contains((char)rune.Value, StringComparison.Ordinal)
                : TextCharacters.IsPlain(rune) && rune.Value != 'İ';
            if (!allowed)
            {
                return $"The part before the @ may not contain {TextCharacters.Name(rune)}.";
            }
        }

        return TextCharacters.IsMark(Rune.GetRuneAt(local, 0)) ? "The part before the @ begins with an accent without a letter." : null;
    }

    private static string? DomainProblem(string domain, int localOctets)
    {
        if (domain.StartsWith('['))
        {
            return "Give the name of a domain after the @, not an IP address.";
        }

        if (Ascii(domain) is not { } ascii || domain.EndsWith('.') || !ascii.Contains('.', StringComparison.Ordinal))
        {
            return "The part after the @ is not the name of a domain, such as example.com.";
        }

        if (ascii[(ascii.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit))
        {
            return "Give the name of a domain after the @, not an IP address.";
        }

        return localOctets + 1 + ascii.Length > MaxOctets ? $"The e-mail address is longer than {MaxOctets} bytes." : null;
    }

    /// <summary>The domain as DNS knows it, lower case, without the final dot; null when it cannot be one.</summary>
    private static string? Ascii(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain.TrimEnd('.').ToLowerInvariant()).ToLowerInvariant();
            return ascii.Length is > 0 and <= 253 && ascii.Split('.').All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The mapping leaves names that are ASCII already as they are: the rules for hosts are looked at here for both.
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static string Readable(string ascii)
    {
        try
        {
            return Idn.GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            return ascii;
        }
    }

    private static (string Local, string? Domain) Split(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0
            ? (address.ToLowerInvariant(), null)
            : (Compose(address[..at].ToLowerInvariant()), address[(at + 1)..].ToLowerInvariant());
    }

    private static string Visible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TextCharacters.WithoutInvisible(text).Trim();
    }

    // Half of a surrogate pair has no composed form.
    private static string Compose(string text) => TextCharacters.WellFormed(text).Normalize(NormalizationForm.FormC);
}
