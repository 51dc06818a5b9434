using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Keyphrases;

internal readonly record struct RankedPhrase(Candidate Candidate, double Probability)
{
    public string Key => Candidate.Key;

    public string Surface => Candidate.Surface;
}

/// <summary>Orders the phrases of a text by the probability that its creator would tag it so.</summary>
internal static class KeyphraseRanker
{
    public static (TextFeatures Text, List<RankedPhrase> Phrases) Rank(
        string title,
        string description,
        StopWords stopWords,
        KeyphraseModel model
    )
    {
        var text = CandidateExtractor.Extract(title, description, stopWords, key => model.Lexicon.IsTag(key));
        return (text, Rank(text, model));
    }

    public static List<RankedPhrase> Rank(TextFeatures text, KeyphraseModel model)
    {
        var rows = CandidateFeatures.Compute(text, model.Lexicon, without: null);
        var odds = model.Ranker.LogOdds(rows);
        var ranked = new List<RankedPhrase>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            // Rounded: the last bits of exp and log differ between processors.
            ranked.Add(new RankedPhrase(text.Candidates[i], Math.Round(RankerModel.Probability(odds[i]), 6)));
        }

        ranked.Sort(
            static (a, b) =>
            {
                var order = b.Probability.CompareTo(a.Probability);
                return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
            }
        );
        return ranked;
    }
}
