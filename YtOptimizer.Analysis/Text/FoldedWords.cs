namespace YtOptimizer.Analysis.Text;

/// <summary>Sets of words of long texts.</summary>
internal static class FoldedWords
{
    /// <summary>Longer runs are copied at once.</summary>
    private const int Longest = 64;

    /// <summary>The words of a text in matching form; that of no text is the empty word.</summary>
    public static HashSet<string> Of(string folded)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in folded.AsSpan().Split(' '))
        {
            var (start, length) = range.GetOffsetAndLength(folded.Length);
            WorkMeter.Count(Math.Min(length, Longest) + 4);
            words.Add(folded.Substring(start, length));
        }

        return words;
    }

    /// <summary>What is in one or the other; not to be changed.</summary>
    public static HashSet<string> Together(HashSet<string> one, HashSet<string> other)
    {
        if (other.Count == 0)
        {
            return one;
        }

        var both = new HashSet<string>(one.Count + other.Count, StringComparer.Ordinal);
        foreach (var word in one.Concat(other))
        {
            WorkMeter.Count(4);
            both.Add(word);
        }

        return both;
    }
}
