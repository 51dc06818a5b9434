using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Analysis.Speech;

/// <summary>Ranks the phrases of what is said beside those of title and description.</summary>
internal static class SpokenPhrases
{
    /// <summary>What is said many times over an hour says less about a video than what its creator wrote in two lines.</summary>
    private const double SpokenWeight = 0.8;

    /// <summary>Written and spoken: more likely than either.</summary>
    private const double Both = 1.25;

    public static List<RankedPhrase> Merge(List<RankedPhrase> written, List<RankedPhrase> spoken)
    {
        if (spoken.Count == 0)
        {
            return written;
        }

        var merged = new Dictionary<string, RankedPhrase>(StringComparer.Ordinal);
        foreach (var phrase in written)
        {
            merged[phrase.Key] = phrase;
        }

        foreach (var phrase in spoken)
        {
            var value = phrase.Probability * SpokenWeight;
            merged[phrase.Key] = merged.TryGetValue(phrase.Key, out var known)
                ? known with
                {
                    Probability = Math.Round(Math.Min(0.99, Math.Max(known.Probability, value) * Both), 6),
                }
                : phrase with
                {
                    Probability = Math.Round(value, 6),
                };
        }

        var ranked = merged.Values.ToList();
        ranked.Sort(
            static (a, b) => b.Probability.CompareTo(a.Probability) is var order and not 0 ? order : string.CompareOrdinal(a.Key, b.Key)
        );
        return ranked;
    }
}
