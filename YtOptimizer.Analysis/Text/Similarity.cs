namespace YtOptimizer.Analysis.Text;

internal static class Similarity
{
    /// <summary>Shared over all elements; two empty sets are equal (1).</summary>
    public static double Jaccard(HashSet<string> a, HashSet<string> b)
    {
        if (a.Count == 0 && b.Count == 0)
        {
            return 1;
        }

        var shared = 0;
        foreach (var item in a)
        {
            shared += b.Contains(item) ? 1 : 0;
        }

        return (double)shared / (a.Count + b.Count - shared);
    }
}
