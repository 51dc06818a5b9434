using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>YAKE (Campos et al. 2020), unsupervised: casing, position, frequency, context and spread of words; n-grams up to three. For
/// comparison only.</summary>
internal static class YakeBaseline
{
    private const int MaxWords = 3;

    public static List<string> Extract(string title, string description, StopWords stopWords, int most)
    {
        var text = title + ".\n" + description;
        var tokens = Tokenizer.Tokenize(text, stopWords);
        if (tokens.Count == 0)
        {
            return [];
        }

        var sentences = 1;
        var sentenceOf = new int[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            sentences += i > 0 && tokens[i].Before == Gap.Line ? 1 : 0;
            sentenceOf[i] = sentences - 1;
        }

        var words = Statistics(tokens, sentenceOf, sentences);
        var grams = new Dictionary<string, (int Count, double Product, double Sum)>(StringComparer.Ordinal);
        for (var first = 0; first < tokens.Count; first++)
        {
            if (tokens[first].IsStop)
            {
                continue;
            }

            var product = 1.0;
            var sum = 0.0;
            var key = "";
            for (var last = first; last < tokens.Count && last - first < MaxWords; last++)
            {
                if (last > first && tokens[last].Before >= Gap.Break)
                {
                    break;
                }

                key = last == first ? tokens[last].Folded : key + (tokens[last].Before == Gap.None ? "" : " ") + tokens[last].Folded;
                if (tokens[last].IsStop)
                {
                    // A stop word inside counts by how seldom it joins its neighbours; without bigram counts it is neutral.
                    continue;
                }

                var weight = words[tokens[last].Folded];
                product *= weight;
                sum += weight;
                var known = grams.GetValueOrDefault(key);
                grams[key] = (known.Count + 1, product, sum);
            }
        }

        return
        [
            .. grams
                .Select(pair => (pair.Key, Score: pair.Value.Product / (pair.Value.Count * (1 + pair.Value.Sum))))
                .OrderBy(pair => Math.Round(pair.Score, 12))
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => pair.Key),
        ];
    }

    private static Dictionary<string, double> Statistics(List<Token> tokens, int[] sentenceOf, int sentences)
    {
        var stats = new Dictionary<string, Word>(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!stats.TryGetValue(token.Folded, out var word))
            {
                stats[token.Folded] = word = new Word();
            }

            word.Count++;
            word.Stop |= token.IsStop;
            word.Acronyms += token.Has(TokenFlags.AllCaps) ? 1 : 0;
            word.Capitals += token.Has(TokenFlags.Capitalized) && token.Before != Gap.Line ? 1 : 0;
            word.Sentences.Add(sentenceOf[i]);
            if (i > 0 && token.Before < Gap.Break)
            {
                word.Left[tokens[i - 1].Folded] = word.Left.GetValueOrDefault(tokens[i - 1].Folded) + 1;
                var left = stats[tokens[i - 1].Folded];
                left.Right[token.Folded] = left.Right.GetValueOrDefault(token.Folded) + 1;
            }
        }

        var counts = stats.Values.Where(word => !word.Stop).Select(word => (double)word.Count).DefaultIfEmpty(1).ToList();
        var mean = counts.Average();
        var deviation = Math.Sqrt(counts.Average(count => (count - mean) * (count - mean)));
        var max = stats.Values.Max(word => word.Count);
        return stats.ToDictionary(pair => pair.Key, pair => Score(pair.Value, mean, deviation, max, sentences), StringComparer.Ordinal);
    }

    private static double Score(Word word, double mean, double deviation, int max, int sentences)
    {
        var casing = Math.Max(word.Capitals, word.Acronyms) / (1 + Math.Log(word.Count));
        var positions = word.Sentences.Order().ToList();
        var median =
            positions.Count % 2 == 1
                ? positions[positions.Count / 2]
                : (positions[(positions.Count / 2) - 1] + positions[positions.Count / 2]) / 2.0;
        var position = Math.Log(Math.Log(3 + median));
        var frequency = word.Count / (mean + deviation);
        var left = word.Left.Count == 0 ? 0 : (double)word.Left.Count / word.Left.Values.Sum();
        var right = word.Right.Count == 0 ? 0 : (double)word.Right.Count / word.Right.Values.Sum();
        var relatedness = 1 + ((left + right) * word.Count / max);
        var spread = (double)word.Sentences.Count / sentences;
        return relatedness * position / (casing + (frequency / relatedness) + (spread / relatedness));
    }

    private sealed class Word
    {
        public int Count;
        public bool Stop;
        public int Acronyms;
        public int Capitals;
        public HashSet<int> Sentences { get; } = [];

        public Dictionary<string, int> Left { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int> Right { get; } = new(StringComparer.Ordinal);
    }
}
