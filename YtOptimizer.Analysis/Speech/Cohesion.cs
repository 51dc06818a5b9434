namespace YtOptimizer.Analysis.Speech;

/// <summary>How badly the words of a part fit one topic: what it costs to write them down with the part's own word frequencies (Utiyama and
/// Isahara 2001). A part that repeats its words is cheap. Parts grow backwards, a unit at a time.</summary>
internal sealed class Cohesion
{
    private readonly int[][] ids;
    private readonly int[] counts;
    private readonly List<int> touched = [];
    private readonly int vocabulary;
    private readonly double scale;
    private int words;
    private double repeated;

    /// <param name="stems">Content stems of each unit.</param>
    /// <param name="usual">Length of a usual part as a share of the whole: the cost is counted for so many words.</param>
    public Cohesion(IReadOnlyList<string[]> stems, double usual)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        ids = new int[stems.Count][];
        var all = 0;
        for (var u = 0; u < stems.Count; u++)
        {
            ids[u] = new int[stems[u].Length];
            all += stems[u].Length;
            for (var k = 0; k < stems[u].Length; k++)
            {
                if (!numbers.TryGetValue(stems[u][k], out var id))
                {
                    numbers[stems[u][k]] = id = numbers.Count;
                }

                ids[u][k] = id;
            }
        }

        vocabulary = numbers.Count;
        counts = new int[vocabulary];
        scale = 1 / Math.Max(1, all * usual);
    }

    /// <summary>Of the units added since <see cref="Begin"/>.</summary>
    public double Cost => ((words * Math.Log(words + vocabulary)) - repeated) * scale;

    public void Begin()
    {
        foreach (var id in touched)
        {
            counts[id] = 0;
        }

        touched.Clear();
        (words, repeated) = (0, 0);
    }

    public void Add(int unit)
    {
        foreach (var id in ids[unit])
        {
            var count = counts[id];
            if (count == 0)
            {
                touched.Add(id);
            }

            counts[id] = count + 1;
            words++;
            repeated += ((count + 1) * Math.Log(count + 2)) - (count * Math.Log(count + 1));
        }
    }
}
