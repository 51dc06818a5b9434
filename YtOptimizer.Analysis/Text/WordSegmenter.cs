using System.Globalization;
using ICU4N.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Words of scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), by ICU's dictionaries.
/// They load on the first such text (about 40 MB, a quarter of a second); other videos never pay for them.
/// </summary>
internal static class WordSegmenter
{
    private const int StepsOfACharacter = 16;

    // Not thread-safe, and costly to make: one a thread.
    [ThreadStatic]
    private static BreakIterator? words;

    /// <summary>
    /// Looked at at once: ICU's dictionaries need the square of a run's length, and cannot be interrupted. Words are a few characters long.
    /// </summary>
    private const int Piece = 512;

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
        for (var start = 0; start < run.Length; start = ends[^1])
        {
            WorkMeter.Count(StepsOfACharacter * Math.Min(Piece, run.Length - start));
            Cut(run, start, words, ends);
        }

        return ends;
    }

    // The last word of a piece that is not the last may go on: it is looked at again at the beginning of the next.
    private static void Cut(string run, int start, BreakIterator iterator, List<int> ends)
    {
        var length = Math.Min(Piece, run.Length - start);
        length -= start + length < run.Length && char.IsHighSurrogate(run[start + length - 1]) ? 1 : 0;
        iterator.SetText(run.Substring(start, length));
        var isLast = start + length == run.Length;
        var from = ends.Count;
        for (var end = iterator.First(); end != BreakIterator.Done; end = iterator.Next())
        {
            if (end > 0 && (isLast || end < length || ends.Count == from))
            {
                ends.Add(start + end);
            }
        }
    }
}
