using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Analysis.Speech;

/// <summary>Ranks the phrases of what is said beside those of title and description.</summary>
internal static class SpokenPhrases
{
    /// <summary>What is said many times over an hour says less about a video than what its creator wrote in two lines.</summary>
    private const double SpokenWeight = 0.8;

    /// <summary>Written and spoken: more likely than either.</summary>
    private const double Both = 1.25;

    /// <summary>What is no thing that the talk comes back to.</summary>
    private const double Passing = 0.3;
    private const double MostLikely = 0.6;
    private const int MostTopics = 20;

    /// <summary>A single word of less than this share of the best topic's value is no tag: a talk says many words more than once.</summary>
    private const double SureShare = 0.4;

    /// <summary>The ranker learned from written texts; in speech, what a talk comes back to weighs more than what it says once.</summary>
    public static List<RankedPhrase> Told(List<RankedPhrase> ranked, IReadOnlyList<SpokenTopic> topics, WordRoles roles)
    {
        if (topics.Count == 0)
        {
            return ranked;
        }

        var best = topics[0].Value;
        var likely = topics
            .Take(MostTopics)
            .Where(topic => topic.IsStated || topic.Stems.Length > 1 || (topic.Count > 1 && topic.Value >= best * SureShare))
            .ToDictionary(topic => topic.Key, topic => MostLikely * topic.Value / best, StringComparer.Ordinal);
        var told = ranked.ConvertAll(phrase =>
            phrase with
            {
                Probability = Math.Round(
                    likely.TryGetValue(phrase.Key, out var value) ? Math.Max(phrase.Probability, value)
                        : phrase.Candidate.Words.Any(word => roles.Skip.Contains(word) || roles.Weak.Contains(word)) ? 0
                        : phrase.Probability * Passing,
                    6
                ),
            }
        );
        var known = ranked.Select(phrase => phrase.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var topic in topics.Where(topic => likely.ContainsKey(topic.Key) && !known.Contains(topic.Key)))
        {
            told.Add(
                new RankedPhrase(
                    new Candidate
                    {
                        Key = topic.Key,
                        Surface = topic.Text,
                        Words = topic.Key.Split(' '),
                        DescriptionCount = topic.Count,
                        FirstInDescription = 0,
                    },
                    Math.Round(likely[topic.Key], 6)
                )
            );
        }

        told.Sort(
            static (a, b) => b.Probability.CompareTo(a.Probability) is var order and not 0 ? order : string.CompareOrdinal(a.Key, b.Key)
        );
        return told;
    }

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
