using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Words that a lost line break glued together ("storeStore", "конкурсGame", "62FECHAS"), and halves of a word in its own letter
/// case ("Liga" of "LaLiga"). Neither is searched.</summary>
internal static class MergedWordFilter
{
    // A name in its own letter case is written so more than once.
    private const int Often = 2;
    private const int LeastCapitals = 3;

    public static bool Has(Source source, RankedPhrase phrase) =>
        !PhraseQuality.IsTagged(source, phrase)
        && (phrase.Surface.Split(' ').Any(word => IsGlued(source, word)) || IsHalf(source, phrase.Candidate));

    private static bool IsGlued(Source source, string word) =>
        ChangesInside(word)
        && Brands.Form(Folding.Fold(word)) is null
        && !source.Model.Lexicon.IsTag(Folding.Fold(word))
        && !source.SafeTitle.Contains(word, StringComparison.Ordinal)
        && !(source.Input.ChannelTitle ?? "").Contains(word, StringComparison.Ordinal)
        && Count(source.SafeDescription, word) < Often;

    // From small letters to a capital, from figures to capitals, or from one script with letters to another.
    private static bool ChangesInside(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            var (before, here) = (word[i - 1], word[i]);
            if (
                (i > 1 && char.IsLower(before) && char.IsLower(word[i - 2]) && char.IsUpper(here))
                || (char.IsAsciiDigit(before) && i + LeastCapitals <= word.Length && char.IsUpper(here) && word[i..].All(char.IsLetter))
                || (i > 1 && char.IsUpper(before) && char.IsUpper(here) && i + 2 < word.Length && char.IsLower(word[i + 1]))
                || (char.IsLetter(before) && char.IsLetter(here) && IsBasic(before) != IsBasic(here))
            )
            {
                return true;
            }
        }

        return false;
    }

    // Latin letters, also with signs on them.
    private static bool IsBasic(char c) => c < '\u0250' || c is >= '\u1E00' and <= '\u1EFF';

    private static int Count(string text, string word)
    {
        var count = 0;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0 && count < Often; count++)
        {
            at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal);
        }

        return count;
    }

    // The reader of one-line texts cuts at a capital inside a word: what stands nowhere else may be a half.
    private static bool IsHalf(Source source, Candidate candidate)
    {
        if (candidate.TitleCount > 0 || candidate.FirstInDescription < 0)
        {
            return false;
        }

        var tokens = source.Text.DescriptionTokens;
        var (first, last) = (candidate.FirstInDescription, candidate.FirstInDescription + candidate.Words.Length - 1);
        if (last >= tokens.Count)
        {
            return false;
        }

        var cutBefore = first > 0 && tokens[first].Has(TokenFlags.Unglued) && tokens[first - 1].End == tokens[first].Start;
        var cutAfter = last + 1 < tokens.Count && tokens[last + 1].Has(TokenFlags.Unglued) && tokens[last].End == tokens[last + 1].Start;
        return candidate.Words.Length == 1
            ? (cutBefore || cutAfter) && candidate.DescriptionCount < Often
            : (cutBefore && Brands.Form(tokens[first - 1].Folded + tokens[first].Folded) is not null)
                || (cutAfter && Brands.Form(tokens[last].Folded + tokens[last + 1].Folded) is not null);
    }
}
