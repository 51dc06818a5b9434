using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>Hashtags that are no words of a sentence: links to other videos, which tell nothing of this one.</summary>
internal static class HashtagRuns
{
    private const string SentenceEnds = ".!?…。！？)）”»";
    private const string Marks = ",;.!|/·•-–—";

    /// <summary>
    /// The text without the hashtags that stand beside another one, on a line of their own, or after a sentence at the end of a line;
    /// blanked, so that offsets stay. One within a sentence ("my #Halloween costume") is a word of it.
    /// </summary>
    public static string Blank(string text)
    {
        if (!text.AsSpan().ContainsAny('#', '＃'))
        {
            return text;
        }

        var hashtags = Markup.Find(text).Where(span => span.Kind == MarkupKind.Hashtag).ToList();
        var output = text.ToCharArray();
        for (var i = 0; i < hashtags.Count; i++)
        {
            var span = hashtags[i];
            var besideAnother =
                (i > 0 && IsGap(text.AsSpan(hashtags[i - 1].End, span.Start - hashtags[i - 1].End)))
                || (i + 1 < hashtags.Count && IsGap(text.AsSpan(span.End, hashtags[i + 1].Start - span.End)));
            if (besideAnother || StandsAlone(text, span))
            {
                Array.Fill(output, ' ', span.Start, span.Length);
            }
        }

        return new string(output);
    }

    /// <summary>Whether all but hashtags below it is one line: most such texts have lost their line breaks.</summary>
    public static bool IsOneLine(string text)
    {
        var end = text.Length;
        for (var line = text.LastIndexOf('\n'); line >= 0; line = line == 0 ? -1 : text.LastIndexOf('\n', line - 1))
        {
            if (DescriptionLines.Classify(text[(line + 1)..end]) is not (LineKind.Blank or LineKind.Hashtags))
            {
                return false;
            }

            end = line;
        }

        return true;
    }

    private static bool IsGap(ReadOnlySpan<char> between)
    {
        foreach (var c in between)
        {
            if (!char.IsWhiteSpace(c) && !Marks.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // Nothing follows on its line, and before it stands nothing or the end of a sentence.
    private static bool StandsAlone(string text, MarkupSpan span)
    {
        for (var i = span.End; i < text.Length && text[i] != '\n'; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                return false;
            }
        }

        var before = span.Start - 1;
        while (before >= 0 && text[before] != '\n' && char.IsWhiteSpace(text[before]))
        {
            before--;
        }

        return before < 0 || text[before] == '\n' || SentenceEnds.Contains(text[before], StringComparison.Ordinal);
    }
}
