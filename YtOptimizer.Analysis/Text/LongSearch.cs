using System.Buffers;

namespace YtOptimizer.Analysis.Text;

/// <summary>Searches a long text for words stretch by stretch, with looks at the cancellation token between.</summary>
internal static class LongSearch
{
    private const int Stretch = 16_384;

    /// <summary>The search takes several characters at once.</summary>
    private const int AtOnce = 8;

    /// <param name="longest">Length of the longest of the words, which may lie over the end of a stretch.</param>
    public static bool ContainsAny(string text, SearchValues<string> words, int longest)
    {
        for (var start = 0; ; start += Stretch)
        {
            var length = Math.Min(Stretch + longest, text.Length - start);
            WorkMeter.Count(1 + (length / AtOnce));
            if (text.AsSpan(start, length).ContainsAny(words))
            {
                return true;
            }

            if (start + length == text.Length)
            {
                return false;
            }
        }
    }
}
