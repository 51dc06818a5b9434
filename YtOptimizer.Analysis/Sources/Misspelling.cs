using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>A word of the title that description or tags write with one letter more, less or other ("Lighning" beside "lightning").
/// </summary>
internal static class Misspelling
{
    private const int Shortest = 6;

    // At the end a letter may be an ending, at the start another word.
    private const int SameStart = 2;
    private const int SameEnd = 2;

    // Every candidate for a tag asks for it.
    private static readonly ConditionalWeakTable<Source, Found> Known = [];

    /// <summary>The word as the title has it and as it is spelled; null where none is certain.</summary>
    public static (Token Wrong, string Right)? InTitle(Source source) =>
        Known.GetValue(source, static source => new Found(Find(source))).Misspelled;

    private static (Token Wrong, string Right)? Find(Source source)
    {
        var wide = WordSet.Wide(source.Language.Code);
        if (!wide.IsKnown)
        {
            return null;
        }

        foreach (var token in source.Text.TitleTokens)
        {
            if (
                token.Length >= Shortest
                && token.Script == Script.Latin
                && !token.Has(TokenFlags.Digits | TokenFlags.Hashtag)
                && !IsWord(source, wide, token.Folded)
                && !source.TagWords.Contains(token.Folded)
                && !source.Text.DescriptionTokens.Exists(other => other.Folded == token.Folded)
                && source
                    .Text.DescriptionTokens.Select(other => other.Folded)
                    .Concat(source.TagWords)
                    .FirstOrDefault(word => IsNear(token.Folded, word) && IsWord(source, wide, word))
                    is { } right
            )
            {
                return (token, right);
            }
        }

        return null;
    }

    // English words stand in titles of any language ("Lightning Talks").
    private static bool IsWord(Source source, WordSet wide, string word) =>
        source.IsEveryday(word) || wide.Contains(word) || CommonWords.For("en").HasWord(word) || WordSet.Wide("en").Contains(word);

    // One letter inserted, left out, changed or two swapped, within the word.
    private static bool IsNear(string wrong, string right)
    {
        if (
            Math.Abs(wrong.Length - right.Length) > 1
            || right.Length < Shortest
            || wrong == right
            || !wrong.AsSpan(0, SameStart).SequenceEqual(right.AsSpan(0, SameStart))
            || !wrong.AsSpan()[^SameEnd..].SequenceEqual(right.AsSpan()[^SameEnd..])
        )
        {
            return false;
        }

        var start = wrong.AsSpan().CommonPrefixLength(right);
        var left = wrong.AsSpan(start);
        var other = right.AsSpan(start);
        return left.Length == other.Length
                ? left[1..].SequenceEqual(other[1..])
                    || (left.Length > 1 && left[0] == other[1] && left[1] == other[0] && left[2..].SequenceEqual(other[2..]))
            : left.Length < other.Length ? left.SequenceEqual(other[1..])
            : left[1..].SequenceEqual(other);
    }

    private sealed record Found((Token Wrong, string Right)? Misspelled);
}
