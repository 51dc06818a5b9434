using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Kinds;

internal enum CueField
{
    Title,

    /// <summary>Words of the title that any live programme uses.</summary>
    Broadcast,
    Text,
    Channel,
    Category,
    Speech,
}

/// <param name="Cues">In matching form; " word " with its spaces where whole words are meant.</param>
/// <param name="Density">So many cues in a thousand characters a speech has to hold; 0 where the rules do not say.</param>
internal sealed record CueRule(VideoKind Kind, CueField Field, double Weight, IReadOnlyList<string> Cues, double Density)
{
    private readonly SearchValues<string> any = SearchValues.Create([.. Cues], StringComparison.Ordinal);

    /// <summary>The cues that a text holds; a category is one.</summary>
    public IEnumerable<string> In(string text) =>
        Field == CueField.Category ? Cues.Where(cue => cue == text)
        : text.AsSpan().ContainsAny(any) ? Cues.Where(cue => text.Contains(cue, StringComparison.Ordinal))
        : [];

    /// <summary>How many of the cues a text holds, and how often in all.</summary>
    public (int Cues, int Times) Count(string text)
    {
        var (cues, times) = (0, 0);
        foreach (var cue in In(text))
        {
            cues++;
            // The space behind a word begins the next one, too.
            for (var at = 0; (at = text.IndexOf(cue, at, StringComparison.Ordinal)) >= 0; at += Math.Max(1, cue.Length - 1))
            {
                times++;
            }
        }

        return (cues, times);
    }
}

/// <summary>The rules of cues.txt by language.</summary>
internal static class KindCues
{
    private static readonly Lazy<FrozenDictionary<string, CueRule[]>> ByLanguage = StaticTables.Once(Read);

    /// <summary>Rules for a video in a language: its own, English ones (titles mix it in) and those for any language.</summary>
    public static IEnumerable<CueRule> For(string language)
    {
        foreach (var code in language is "en" ? ["any", "en"] : new[] { "any", "en", language })
        {
            foreach (var rule in ByLanguage.Value.GetValueOrDefault(code, []))
            {
                yield return rule;
            }
        }
    }

    private static FrozenDictionary<string, CueRule[]> Read()
    {
        var rules = new List<(string Language, CueRule Rule)>();
        foreach (var line in KindData.Lines("cues.txt"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var head = line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var field = Enum.Parse<CueField>(head[1], ignoreCase: true);
            var cues = line[(colon + 1)..]
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(cue => field == CueField.Category ? cue : Matching(cue));
            rules.Add(
                (
                    head[3],
                    new CueRule(
                        Enum.Parse<VideoKind>(head[0], ignoreCase: true),
                        field,
                        double.Parse(head[2], CultureInfo.InvariantCulture),
                        [.. cues],
                        head.Length > 4 ? double.Parse(head[4], CultureInfo.InvariantCulture) : 0
                    )
                )
            );
        }

        return rules
            .GroupBy(pair => pair.Language, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Rule).ToArray(), StringComparer.Ordinal);
    }

    // "word*" begins a word, "*word" ends one; scripts that write no spaces (or glue particles on) match anywhere.
    private static string Matching(string cue)
    {
        var folded = Folding.Fold(cue);
        if (
            folded
                .EnumerateRunes()
                .Any(rune => Scripts.IsUnspaced(Scripts.Of(rune, Script.Other)) || Scripts.Of(rune, Script.Other) == Script.Hangul)
        )
        {
            return folded;
        }

        return (cue.StartsWith('*') ? "" : " ") + folded + (cue.EndsWith('*') ? "" : " ");
    }
}
