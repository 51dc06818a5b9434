using System.Collections.Frozen;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Phrases that are searched as they are and make no hashtag: two things joined, and an opening like "introduction to". What the
/// creator or others tag as a whole is one thing.</summary>
internal static class HashtagForms
{
    private const int SeveralChannels = 2;
    private const int LongestCode = 4;

    private static readonly FrozenSet<string> Joining = WordList
        .Section("title-words.txt", "joining two")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Introducing = WordList
        .Section("title-words.txt", "introducing")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"Python and Redis", "Django with Ansible": each is a hashtag by itself.</summary>
    public static bool JoinsTwo(Source source, string text) =>
        Folding.Fold(text) is var key
        && !source.TagKeys.Contains(key)
        && source.Model.Lexicon.Phrase(key, without: null).Tag < SeveralChannels
        && source.Tokens(text) is { Count: > 2 } tokens
        && tokens.FindIndex(token => token.IsStop && !token.Has(TokenFlags.Capitalized) && Joining.Contains(token.Folded)) is > 0 and var at
        && at < tokens.Count - 1;

    /// <summary>"P02": a letter or two with figures says which part it is.</summary>
    public static bool IsPartCode(string folded) =>
        IsPartRow(folded)
        || folded.Length is > 1 and <= LongestCode
            && char.IsLetter(folded[0])
            && char.IsAsciiDigit(folded[^1])
            && folded.TrimEnd([.. "0123456789"]).Length < LongestCode / 2
            && Brands.Form(folded) is null;

    // "ep04p01": nothing but such words and figures.
    private static bool IsPartRow(string folded)
    {
        if (!char.IsAsciiDigit(folded[^1]))
        {
            return false;
        }

        for (var i = 0; i < folded.Length; )
        {
            var end = i;
            while (end < folded.Length && char.IsLetter(folded[end]))
            {
                end++;
            }

            if (end == i || !Parts.Contains(folded[i..end]))
            {
                return false;
            }

            for (i = end; i < folded.Length && !char.IsLetter(folded[i]); i++) { }
        }

        return true;
    }

    // Words in front of what a video does without.
    private static readonly FrozenSet<string> Denying = WordList
        .Section("title-words.txt", "denying")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Parts = WordList
        .Section("title-words.txt", "part codes")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"JavaScript" of "Pages without JavaScript".</summary>
    public static bool IsDenied(Source source, RankedPhrase phrase)
    {
        var inTitle = phrase.Candidate.FirstInTitle >= 0;
        var tokens = inTitle ? source.Text.TitleTokens : source.Text.DescriptionTokens;
        var at = inTitle ? phrase.Candidate.FirstInTitle : phrase.Candidate.FirstInDescription;
        return at > 0 && at < tokens.Count && tokens[at].Before <= Gap.Space && Denying.Contains(tokens[at - 1].Folded);
    }

    /// <summary>Not a whole name: "KABY Russian" of "IF KABY Russian films", where one part is shouted, and two names with "and" between
    /// them.</summary>
    public static bool IsCutOff(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (candidate.Words.Length < 2 || source.TagKeys.Contains(candidate.Key))
        {
            return false;
        }

        var tokens = source.Text.TitleTokens;
        var (first, last) = (candidate.FirstInTitle, candidate.FirstInTitle + candidate.Words.Length - 1);
        return phrase.Surface.Contains('&', StringComparison.Ordinal)
            || (
                first > 0
                && last < tokens.Count
                && tokens[first].Has(TokenFlags.AllCaps)
                && !tokens[last].Has(TokenFlags.AllCaps)
                && tokens[first].Before <= Gap.Space
                && tokens[first - 1].Has(TokenFlags.AllCaps)
            );
    }

    /// <summary>"Introduction to Python", "short introduction".</summary>
    public static bool Introduces(string folded) => folded.Split(' ') is { Length: > 1 } words && Array.Exists(words, Introducing.Contains);
}
