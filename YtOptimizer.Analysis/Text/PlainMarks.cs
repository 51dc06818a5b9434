using System.Text.RegularExpressions;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Takes the signs out of a title that a description would read as formatting: YouTube makes *bold*, _italic_ and -struck- of them,
/// Markdown viewers links, headings and code. Descriptions know no escape sign, so the signs go and the words stay.
/// </summary>
internal static partial class PlainMarks
{
    public static string Of(string text)
    {
        var plain = Links().Replace(text, "${words}");
        plain = Heading().Replace(plain, "");
        string before;
        do
        {
            before = plain;
            plain = Emphasis().Replace(plain, "${words}");
        } while (plain.Length < before.Length);

        return plain.Replace("`", "", StringComparison.Ordinal);
    }

    // "[words](target)", "![words](target)"
    [GeneratedRegex(
        @"!?\[(?<words>[^\[\]]{0,200})\]\([^()\s]{0,300}\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Links();

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Heading();

    // At word borders only: "snake_case" and "a - b" stay.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}*_~])(?<mark>[*_~]{1,3}|-(?=\S))(?<words>\S|\S[^*_~\n]{0,150}?\S)\k<mark>(?![\p{L}\p{N}*_~])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Emphasis();
}
