using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The first half of a long title that says the same in two languages: the second half is what search results cut.</summary>
internal sealed partial class BilingualTitle(Source source, TitleShape shape, string present)
{
    private const int Visible = 75;
    private const int LeastLeft = 30;
    private const int FewestWords = 5;

    /// <summary>Null where the title is short, or its end is no translation in Latin letters.</summary>
    public TitleDraft? Write()
    {
        if (
            Graphemes.DisplayWidth(present) <= Visible
            || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Talk
            || LatinTail().Match(present) is not { Success: true } tail
        )
        {
            return null;
        }

        var head = present[..tail.Index].TrimEnd(' ', '|', '｜', '-', '–', '/', ',', '(', '[');
        var translation = present[tail.Index..].Trim();
        return
            Graphemes.DisplayWidth(head) >= LeastLeft
            && head.EnumerateRunes().Count(Rune.IsLetter) > head.Count(char.IsAsciiLetter) * 3
            && source.Tokens(translation).Count(token => token.Script == Script.Latin) >= FewestWords
            && shape.Finish(head) is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Shortened,
                "Read in full: the English half stands beyond what search results show, and fits a translated title in the settings.",
                0.66
            )
            : null;
    }

    // From the first Latin word on behind which no letter of another script stands.
    [GeneratedRegex(
        @"(?<=[^\p{IsBasicLatin}][\s\p{P}\p{S}]*\s)[A-Za-z][\p{IsBasicLatin}\p{IsLatin-1Supplement}’‘“”–]*$",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex LatinTail();
}
