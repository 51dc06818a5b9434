using System.Globalization;
using ICU4N.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Words of scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), by ICU's dictionaries.
/// They load on the first such text (about 40 MB, a quarter of a second); other videos never pay for them.
/// </summary>
internal static class WordSegmenter
{
    // Not thread-safe, and costly to make: one a thread.
    [ThreadStatic]
    private static BreakIterator? words;

    /// <summary>Ends of the words of a run of such a script, in UTF-16 units from its start; the last is its length.</summary>
    public static List<int> Ends(string run)
    {
        var ends = new List<int>();
        if (run.Length < 2)
        {
            ends.Add(run.Length);
            return ends;
        }

        words ??= BreakIterator.GetWordInstance(CultureInfo.InvariantCulture);
        words.SetText(run);
        for (var end = words.First(); end != BreakIterator.Done; end = words.Next())
        {
            if (end > 0)
            {
                ends.Add(end);
            }
        }

        return ends;
    }
}
