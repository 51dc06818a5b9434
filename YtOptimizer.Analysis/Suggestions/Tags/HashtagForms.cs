using System.Collections.Frozen;
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
        folded.Length is > 1 and <= LongestCode
        && char.IsLetter(folded[0])
        && char.IsAsciiDigit(folded[^1])
        && folded.TrimEnd([.. "0123456789"]).Length < LongestCode / 2
        && Brands.Form(folded) is null;

    /// <summary>"Introduction to Python", "short introduction".</summary>
    public static bool Introduces(string folded) => folded.Split(' ') is { Length: > 1 } words && Array.Exists(words, Introducing.Contains);
}
