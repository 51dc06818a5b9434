using System.Runtime.InteropServices;

namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>Counts phrases and words per channel. Used by training only; kept here because it must count what the analyzer
/// counts.</summary>
internal sealed class LexiconBuilder
{
    private readonly Dictionary<string, Flags> phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Flags> words = new(StringComparer.Ordinal);

    [Flags]
    private enum Flags : byte
    {
        Doc = 1,
        DocTagged = 2,
        Tag = 4,
        Both = 8,
    }

    public void AddTags(IEnumerable<string> foldedTags)
    {
        foreach (var tag in foldedTags)
        {
            Set(phrases, tag, Flags.Tag);
            foreach (var word in tag.Split(' '))
            {
                Set(words, word, Flags.Tag);
            }
        }
    }

    public void AddText(TextFeatures text, HashSet<string> foldedTags)
    {
        var tagged = foldedTags.Count > 0;
        foreach (var candidate in text.Candidates)
        {
            Set(phrases, candidate.Key, Flags.Doc | (tagged ? Flags.DocTagged : 0) | (foldedTags.Contains(candidate.Key) ? Flags.Both : 0));
        }

        var tagWords = foldedTags.SelectMany(tag => tag.Split(' ')).ToHashSet(StringComparer.Ordinal);
        foreach (var token in text.TitleTokens.Concat(text.DescriptionTokens))
        {
            Set(words, token.Folded, Flags.Doc | (tagged ? Flags.DocTagged : 0) | (tagWords.Contains(token.Folded) ? Flags.Both : 0));
        }
    }

    /// <summary>The counts of this channel alone.</summary>
    public Lexicon Build() => new(1, Convert(phrases), Convert(words));

    public static Lexicon Sum(IEnumerable<Lexicon> channels)
    {
        var phraseSum = new Dictionary<string, Usage>(StringComparer.Ordinal);
        var wordSum = new Dictionary<string, Usage>(StringComparer.Ordinal);
        var count = 0;
        foreach (var channel in channels)
        {
            count++;
            AddAll(phraseSum, channel.Phrases);
            AddAll(wordSum, channel.Words);
        }

        return new Lexicon(count, phraseSum, wordSum);
    }

    private static void AddAll(Dictionary<string, Usage> sum, Dictionary<string, Usage> part)
    {
        foreach (var (key, usage) in part)
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(sum, key, out _);
            slot += usage;
        }
    }

    private static void Set(Dictionary<string, Flags> table, string key, Flags flags)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(table, key, out _);
        slot |= flags;
    }

    private static Dictionary<string, Usage> Convert(Dictionary<string, Flags> table) =>
        table.ToDictionary(
            pair => pair.Key,
            pair => new Usage(
                Bit(pair.Value, Flags.Doc),
                Bit(pair.Value, Flags.DocTagged),
                Bit(pair.Value, Flags.Tag),
                Bit(pair.Value, Flags.Both)
            ),
            StringComparer.Ordinal
        );

    private static int Bit(Flags value, Flags flag) => (value & flag) != 0 ? 1 : 0;
}
