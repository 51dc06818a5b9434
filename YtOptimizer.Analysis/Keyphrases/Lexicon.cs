namespace YtOptimizer.Analysis.Keyphrases;

/// <summary>How a phrase or word behaves over the channels of the background collection. Each channel counts once.</summary>
/// <param name="Doc">Channels whose texts hold it.</param>
/// <param name="DocTagged">The same, only channels that use tags.</param>
/// <param name="Tag">Channels that use it as a tag (words: inside a tag).</param>
/// <param name="Both">Channels that have it in a text and as a tag of the same video.</param>
internal readonly record struct Usage(int Doc, int DocTagged, int Tag, int Both)
{
    public static Usage operator +(Usage a, Usage b) => new(a.Doc + b.Doc, a.DocTagged + b.DocTagged, a.Tag + b.Tag, a.Both + b.Both);

    public static Usage operator -(Usage a, Usage b) => new(a.Doc - b.Doc, a.DocTagged - b.DocTagged, a.Tag - b.Tag, a.Both - b.Both);
}

/// <summary>
/// Background counts of phrases and words. In training the counts of the video's own channel are taken away first;
/// otherwise the ranker learns to trust what it will not have for a channel it never saw.
/// </summary>
internal sealed class Lexicon(int channels, Dictionary<string, Usage> phrases, Dictionary<string, Usage> words)
{
    public int Channels { get; } = channels;

    public Dictionary<string, Usage> Phrases { get; } = phrases;

    public Dictionary<string, Usage> Words { get; } = words;

    public Usage Phrase(string key, Lexicon? without) => Look(Phrases, key, without?.Phrases);

    public Usage Word(string key, Lexicon? without) => Look(Words, key, without?.Words);

    public bool IsTag(string key, Lexicon? without = null) => Phrase(key, without).Tag > 0;

    /// <summary>Drops what a single channel wrote and nobody tagged: too rare to say anything about another channel.</summary>
    public Lexicon Prune() => new(Channels, Kept(Phrases), Kept(Words));

    private static Dictionary<string, Usage> Kept(Dictionary<string, Usage> table) =>
        table.Where(pair => pair.Value.Doc > 1 || pair.Value.Tag > 0).ToDictionary(StringComparer.Ordinal);

    private static Usage Look(Dictionary<string, Usage> table, string key, Dictionary<string, Usage>? without)
    {
        if (!table.TryGetValue(key, out var usage))
        {
            return default;
        }

        return without is not null && without.TryGetValue(key, out var own) ? usage - own : usage;
    }
}
