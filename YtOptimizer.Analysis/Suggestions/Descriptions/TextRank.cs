namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Importance of sentences by how many words they share with the others (PageRank on the similarity graph).</summary>
internal static class TextRank
{
    private const double Damping = 0.85;
    private const int Rounds = 20;

    public static double[] Score(List<HashSet<string>> sentences)
    {
        var n = sentences.Count;
        var weight = new double[n, n];
        var degree = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                var shared = sentences[i].Count(sentences[j].Contains);
                var size = Math.Log(1 + sentences[i].Count) + Math.Log(1 + sentences[j].Count);
                var value = shared == 0 || size == 0 ? 0 : shared / size;
                weight[i, j] = weight[j, i] = value;
                degree[i] += value;
                degree[j] += value;
            }
        }

        var score = new double[n];
        Array.Fill(score, 1.0);
        for (var round = 0; round < Rounds; round++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < n; j++)
                {
                    if (degree[j] > 0)
                    {
                        sum += weight[j, i] / degree[j] * score[j];
                    }
                }

                next[i] = 1 - Damping + (Damping * sum);
            }

            score = next;
        }

        for (var i = 0; i < n; i++)
        {
            score[i] = Math.Round(score[i], 9);
        }

        return score;
    }
}
