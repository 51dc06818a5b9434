using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>TF-IDF over n-grams (1–3) between stop words; document frequencies of the evaluated file. For comparison only.</summary>
internal sealed class TfIdfBaseline
{
    private const int MaxWords = 3;

    private readonly Dictionary<string, int> documents = new(StringComparer.Ordinal);
    private int count;

    public void Add(string title, string description, StopWords stopWords)
    {
        count++;
        foreach (var gram in Grams(title, description, stopWords).Distinct(StringComparer.Ordinal))
        {
            documents[gram] = documents.GetValueOrDefault(gram) + 1;
        }
    }

    public List<string> Extract(string title, string description, StopWords stopWords, int most) =>
        [
            .. Grams(title, description, stopWords)
                .GroupBy(gram => gram, StringComparer.Ordinal)
                .Select(group =>
                    (group.Key, Score: group.Count() * Math.Log((count + 1.0) / (documents.GetValueOrDefault(group.Key) + 0.5)))
                )
                .OrderByDescending(pair => Math.Round(pair.Score, 12))
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => pair.Key),
        ];

    private static IEnumerable<string> Grams(string title, string description, StopWords stopWords)
    {
        foreach (var text in new[] { title, description })
        {
            var tokens = Tokenizer.Tokenize(text, stopWords);
            for (var first = 0; first < tokens.Count; first++)
            {
                var key = "";
                for (var last = first; last < tokens.Count && last - first < MaxWords; last++)
                {
                    if (tokens[last].IsStop || (last > first && tokens[last].Before >= Gap.Break))
                    {
                        break;
                    }

                    key = last == first ? tokens[last].Folded : key + (tokens[last].Before == Gap.None ? "" : " ") + tokens[last].Folded;
                    yield return key;
                }
            }
        }
    }
}
