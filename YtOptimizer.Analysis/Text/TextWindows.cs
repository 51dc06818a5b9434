using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Cuts a long text into overlapping pieces for patterns that look at a few words at a time. A backtracking pattern needs up to the square
/// of its input; on pieces of fixed length the whole stays linear. Runs of white space count as one blank, since patterns skip over them.
/// </summary>
internal static class TextWindows
{
    private const int Length = 1024;

    /// <summary>Longer than the longest stretch one pattern spans.</summary>
    private const int Overlap = 384;

    public static IEnumerable<string> Of(string text)
    {
        var dense = text.Length > Length ? Dense(text) : text;
        if (dense.Length <= Length)
        {
            WorkMeter.Count(dense.Length);
            yield return dense;
            yield break;
        }

        for (var start = 0; start + Overlap < dense.Length; start += Length - Overlap)
        {
            WorkMeter.Count(Length);
            yield return dense.Substring(start, Math.Min(Length, dense.Length - start));
        }
    }

    private static string Dense(string text)
    {
        var output = new StringBuilder(text.Length);
        var space = false;
        var steps = new ScanSteps(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            steps.At(i);
            var c = text[i];
            var white = char.IsWhiteSpace(c);
            if (!white || !space)
            {
                output.Append(white && c != '\n' ? ' ' : c);
            }

            space = white;
        }

        return output.ToString();
    }
}
