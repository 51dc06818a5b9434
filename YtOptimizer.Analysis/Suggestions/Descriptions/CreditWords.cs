using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Labels of credits, told by their words (credit-words.txt): "Chief Assistant Director", "Photo".</summary>
internal static class CreditWords
{
    private const int MostWords = 5;
    private const int MostBetween = 3;
    private const int LongestRole = 24;

    private static readonly Lazy<FrozenDictionary<string, bool>> Words = StaticTables.Once(static () =>
        KindData
            .Lines("credit-words.txt")
            .Select(line => line.Split(':', 2))
            .SelectMany(pair =>
                pair[1]
                    .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(word => (Word: Folding.Fold(word), IsRole: pair[0] == "role"))
            )
            .GroupBy(entry => entry.Word, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Any(entry => entry.IsRole), StringComparer.Ordinal)
    );

    public static bool IsRole(string word) => Words.Value.GetValueOrDefault(Folding.Fold(word));

    /// <summary>Where the label that ends at an offset begins, within a word where a line break was lost; -1 where there is
    /// none.</summary>
    public static int LabelStart(string line, int end)
    {
        var start = -1;
        var hasRole = false;
        for (var (at, count) = (end, 0); count < MostWords; count++)
        {
            var last = at;
            while (last > 0 && at - last < MostBetween && line[last - 1] is ' ' or '\u00A0' or '&' or '/' or ',')
            {
                last--;
            }

            var (word, isRole) = WordBefore(line, last);
            if (word < 0)
            {
                break;
            }

            hasRole |= isRole;
            (start, at) = (word, word);
            // Where the word goes on in front of it, a line break was lost.
            if (word > 0 && char.IsLetterOrDigit(line[word - 1]))
            {
                break;
            }
        }

        // "and", "of" and the like open no label.
        return hasRole && start >= 0 && !char.IsLower(line[start]) ? start : -1;
    }

    // The word of the list that ends at an offset, whole or as the end of a longer one that begins with a capital.
    private static (int Start, bool IsRole) WordBefore(string line, int end)
    {
        var start = end;
        while (start > 0 && end - start <= LongestRole && (char.IsLetter(line[start - 1]) || line[start - 1] is '-' && start < end))
        {
            start--;
        }

        for (var at = start; at < end; at++)
        {
            var begins =
                at == start || (char.IsUpper(line[at]) && (!char.IsUpper(line[at - 1]) || (at + 1 < end && char.IsLower(line[at + 1]))));
            if (begins && Words.Value.TryGetValue(Folding.Fold(line[at..end]), out var isRole))
            {
                return (at, isRole);
            }
        }

        return (-1, false);
    }
}
