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

    /// <summary>Whether one letter changed, added or left out makes one word of the other.</summary>
    public static bool IsOneEdit(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1 || a == b)
        {
            return false;
        }

        var prefix = 0;
        while (prefix < a.Length && prefix < b.Length && a[prefix] == b[prefix])
        {
            prefix++;
        }

        var suffix = 0;
        while (suffix < a.Length - prefix && suffix < b.Length - prefix && a[^(suffix + 1)] == b[^(suffix + 1)])
        {
            suffix++;
        }

        return Math.Max(a.Length, b.Length) - prefix - suffix <= 1;
    }
}
