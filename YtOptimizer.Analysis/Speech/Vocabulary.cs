using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>How much the vocabulary changes from place to place in speech (TextTiling with words weighted by how few units hold
/// them).</summary>
internal static class Vocabulary
{
    private const int Around = 6;

    /// <summary>More units are not said within a window.</summary>
    private const int MostUnits = 100;

    /// <summary>For each unit, how many standard deviations the similarity of what lies before and behind it dips below its surroundings;
    /// at least -1.</summary>
    public static double[] Change(IReadOnlyList<SpokenUnit> units, IReadOnlyList<string[]> stems, double windowSeconds)
    {
        var n = units.Count;
        var (ids, weights) = Index(stems);
        var similarity = new double[n];
        Array.Fill(similarity, 1);
        var left = new double[weights.Length];
        var right = new double[weights.Length];
        for (var i = 1; i < n; i++)
        {
            var a = i;
            while (a > 0 && i - a < MostUnits && (a == i || (units[i].Start - units[a - 1].Start).TotalSeconds <= windowSeconds))
            {
                a--;
            }

            var b = i;
            while (b < n && b - i < MostUnits && (b == i || (units[b].Start - units[i].Start).TotalSeconds < windowSeconds))
            {
                b++;
            }

            similarity[i] = Cosine(ids, weights, left, right, a, i, b);
        }

        var depth = new double[n];
        for (var i = 1; i < n; i++)
        {
            var highLeft = similarity[i];
            var highRight = similarity[i];
            for (var k = 1; k <= Around; k++)
            {
                highLeft = i - k >= 1 ? Math.Max(highLeft, similarity[i - k]) : highLeft;
                highRight = i + k < n ? Math.Max(highRight, similarity[i + k]) : highRight;
            }

            depth[i] = highLeft + highRight - (2 * similarity[i]);
        }

        var mean = depth.Average();
        var deviation = Math.Sqrt(depth.Average(value => (value - mean) * (value - mean)));
        return [.. depth.Select(value => deviation < 1e-9 ? 0 : Math.Round(Math.Max(-1, (value - mean) / deviation), 9))];
    }

    private static (int[][] Ids, double[] Weights) Index(IReadOnlyList<string[]> stems)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var holders = new List<int>();
        var ids = new int[stems.Count][];
        for (var u = 0; u < stems.Count; u++)
        {
            ids[u] = new int[stems[u].Length];
            for (var k = 0; k < stems[u].Length; k++)
            {
                if (!numbers.TryGetValue(stems[u][k], out var id))
                {
                    numbers[stems[u][k]] = id = holders.Count;
                    holders.Add(0);
                }

                ids[u][k] = id;
            }

            foreach (var id in ids[u].Distinct())
            {
                holders[id]++;
            }
        }

        var all = Math.Log(Math.Max(2, stems.Count));
        return (ids, [.. holders.Select(count => Math.Log((double)Math.Max(2, stems.Count) / count) / all)]);
    }

    private static double Cosine(int[][] ids, double[] weights, double[] left, double[] right, int a, int middle, int b)
    {
        Add(ids, weights, left, a, middle, 1);
        Add(ids, weights, right, middle, b, 1);
        double dot = 0,
            l = 0,
            r = 0;
        for (var u = a; u < b; u++)
        {
            foreach (var id in ids[u])
            {
                WorkMeter.Count();
                // Each word once: a weight is taken out when it has been counted.
                dot += left[id] * right[id];
                l += left[id] * left[id];
                r += right[id] * right[id];
                left[id] = 0;
                right[id] = 0;
            }
        }

        return l == 0 || r == 0 ? 0 : dot / Math.Sqrt(l * r);
    }

    private static void Add(int[][] ids, double[] weights, double[] vector, int from, int to, double sign)
    {
        for (var u = from; u < to; u++)
        {
            foreach (var id in ids[u])
            {
                vector[id] += sign * weights[id];
            }
        }
    }
}
