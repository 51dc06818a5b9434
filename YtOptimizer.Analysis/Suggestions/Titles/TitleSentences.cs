using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Whether a sentence can stand without what is around it.</summary>
internal static partial class TitleSentences
{
    private const int LongestLeadIn = 80;
    private const int ShortestRest = 30;
    private const int LeastAfterColon = 36;

    // Korean words with their particles are shorter.
    private const int LongestHangul = 7;

    /// <summary>Whether the first word refers to something said before, speaks to the viewer, or is wrong tomorrow.</summary>
    public static bool Leans(string sentence)
    {
        var folded = Folding.Fold(sentence);
        var space = folded.IndexOf(' ', StringComparison.Ordinal);
        var first = space < 0 ? folded : folded[..space];
        return TitleWords.Leaning.Contains(first)
            || TitleWords.LeaningStarts.Any(start => first.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>The sentence without an opening such as "In this video," that says nothing but what it is.</summary>
    public static string WithoutLeadIn(string sentence, string language)
    {
        sentence = Dateline().Replace(sentence, "");
        var comma = sentence.IndexOf(", ", StringComparison.Ordinal);
        if (comma is < 8 or > LongestLeadIn || sentence.Length - comma < ShortestRest)
        {
            return sentence;
        }

        var folded = Folding.Fold(sentence[..comma]) + " ";
        return TitleWords.LeadIns.Any(lead => folded.StartsWith(lead + " ", StringComparison.Ordinal))
            ? Casing.Capitalize(sentence[(comma + 2)..], language)
            : sentence;
    }

    /// <summary>"It has come true: the chancellor steps down" → what stands after the colon, where it is a whole sentence.</summary>
    public static string AfterColon(string sentence)
    {
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        return
            colon > 0
            && sentence.Length - colon > LeastAfterColon
            && char.IsUpper(sentence[colon + 2])
            && sentence.AsSpan(colon + 2).IndexOf(": ") < 0
            && sentence[^1] is '.'
            ? sentence[(colon + 2)..]
            : sentence;
    }

    /// <summary>Whether it says "today" or "tomorrow".</summary>
    public static bool IsDated(string sentence)
    {
        var folded = " " + Folding.Fold(sentence) + " ";
        return TitleWords.Dated.Any(word => folded.Contains(word, StringComparison.Ordinal));
    }

    private static bool IsLongHangul(string text, int last)
    {
        for (var i = last - LongestHangul; i <= last; i++)
        {
            if (i < 0 || text[i] is < '\uAC00' or > '\uD7A3')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a lost line break left two words in one ("the endSubscribe"): a capital inside a word that is spelled so nowhere
    /// else, or a Korean word of eight syllables.</summary>
    public static bool IsGlued(string sentence, Source source)
    {
        for (var i = 2; i < sentence.Length; i++)
        {
            if (IsLongHangul(sentence, i) && !source.SafeTitle.Contains(sentence[(i - LongestHangul)..(i + 1)], StringComparison.Ordinal))
            {
                return true;
            }

            if (!char.IsUpper(sentence[i]) || !(char.IsLower(sentence[i - 1]) || sentence[i - 1] is '.' or '!' or '?' or ')' or '…'))
            {
                continue;
            }

            var start = i;
            while (start > 0 && char.IsLetterOrDigit(sentence[start - 1]))
            {
                start--;
            }

            var end = i;
            while (end < sentence.Length && char.IsLetterOrDigit(sentence[end]))
            {
                end++;
            }

            var word = sentence[start..end];
            if (
                Brands.Form(Folding.Fold(word)) is null
                && !source.SafeTitle.Contains(word, StringComparison.Ordinal)
                && !source.TagWords.Contains(Folding.Fold(word))
            )
            {
                return true;
            }
        }

        return false;
    }

    // "Montréal, 9 décembre 2013 - Le navigateur a cinq ans": where and when it was written.
    [GeneratedRegex(
        @"^\p{Lu}[\p{L} .'’-]{2,30},? \(?(?:\d{1,2}\.? \p{L}+\.?|\p{L}+\.? \d{1,2},?)(?: \d{4})?\)? ?[-–—:] (?=\p{Lu})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Dateline();
}
