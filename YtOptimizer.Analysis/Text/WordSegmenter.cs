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
    private const char FirstRepeatMark = '\u3031';
    private const char LastRepeatMark = '\u3035';

    /// <summary>
    /// ICU gives each letter to the first dictionary that takes it, and letters that no dictionary takes, with all of their script, to
    /// none for the rest of the process. The long mark "ー" is of no script of its own: which of both it meets would depend on the texts
    /// before. So the dictionary of Chinese and Japanese, which takes it, is loaded before any text, and <see cref="WithoutRepeatMarks"/>
    /// keeps the letters away that would take it from there.
    /// </summary>
    private static readonly Lazy<bool> IsPrepared = StaticTables.Once(static () =>
    {
        Cut("日本", 0, BreakIterator.GetWordInstance(CultureInfo.InvariantCulture), []);
        return true;
    });

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

        _ = IsPrepared.Value;
        run = WithoutRepeatMarks(run);
        words ??= BreakIterator.GetWordInstance(CultureInfo.InvariantCulture);
        for (var start = 0; start < run.Length; start = ends[^1])
        {
            WorkMeter.Count(StepsOfACharacter * Math.Min(Piece, run.Length - start));
            Cut(run, start, words, ends);
        }

        return ends;
    }

    // "〱" to "〵" repeat what stands before, as "々" does, which is of a script.
    private static string WithoutRepeatMarks(string run) =>
        run.AsSpan().ContainsAnyInRange(FirstRepeatMark, LastRepeatMark) ? string.Create(run.Length, run, static (output, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    output[i] = text[i] is >= FirstRepeatMark and <= LastRepeatMark ? '々' : text[i];
                }
            }) : run;

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
