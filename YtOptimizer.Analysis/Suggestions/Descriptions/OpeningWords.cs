using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>What openings.txt tells of a sentence: whether it stands alone, says what the video shows, or speaks of the channel.</summary>
internal static class OpeningWords
{
    private const int Near = 3;

    private static readonly Lazy<FrozenDictionary<string, string[]>> Lists = StaticTables.Once(static () =>
        KindData
            .Lines("openings.txt")
            .Select(line => line.Split(':', 2))
            .ToFrozenDictionary(
                pair => pair[0],
                pair =>
                    pair[1]
                        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(Plain)
                        .Distinct(StringComparer.Ordinal)
                        .ToArray(),
                StringComparer.Ordinal
            )
    );

    /// <summary>"Today …", "In this video …": it may open a description although it leans on the video.</summary>
    public static bool Announces(string sentence) => Begins(Plain(sentence), "today");

    /// <summary>Nothing at its start or within it hangs on another sentence.</summary>
    public static bool StandsAlone(string sentence)
    {
        var plain = Plain(sentence);
        return !Holds(plain, "within") && (Begins(plain, "today") || (!Begins(plain, "joins") && !TitleSentences.Leans(sentence)));
    }

    /// <summary>Whether one of the first words refers to the sentence before.</summary>
    public static bool RefersBack(string sentence)
    {
        var plain = Plain(sentence);
        var end = -1;
        for (var k = 0; k <= Near && end < plain.Length; k++)
        {
            end = plain.IndexOf(' ', end + 1) is var space and >= 0 ? space : plain.Length;
        }

        return Begins(plain, "joins") || Holds(plain[..end], "refers");
    }

    public static bool SpeaksOfChannel(string sentence) => Holds(Plain(sentence), "channel");

    private static bool Begins(string plain, string list) =>
        Array.Exists(Lists.Value[list], phrase =>
            plain.StartsWith(phrase, StringComparison.Ordinal)
            && (plain.Length == phrase.Length || plain[phrase.Length] == ' ' || IsRun(phrase))
        );

    private static bool Holds(string plain, string list)
    {
        var padded = " " + plain + " ";
        return Array.Exists(Lists.Value[list], phrase =>
            padded.Contains(IsRun(phrase) ? phrase : " " + phrase + " ", StringComparison.Ordinal)
        );
    }

    // Korean words carry endings, other scripts have no spaces.
    private static bool IsRun(string phrase) => Scripts.IsUnspaced(Scripts.OfFirst(phrase)) || phrase[0] is >= '\uAC00' and <= '\uD7A3';

    // Words with one space between them.
    private static string Plain(string text) =>
        string.Join(
            ' ',
            Folding
                .Fold(text)
                .Split(
                    [' ', ',', '.', '!', '?', '¿', '¡', '"', '“', '”', '«', '»', '(', ')', ':', ';', '…', '\u00A0'],
                    StringSplitOptions.RemoveEmptyEntries
                )
        );
}
