using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>
/// Gives every link, credit and call of a long line a line of its own and gathers the prose between them into paragraphs. No character
/// but white space changes, a label stays with its link, and nothing is cut where a lost line break left a word in a link.
/// </summary>
internal static class GluedLines
{
    private const int Long = 250;
    private const int Paragraph = 320;

    public static bool IsGlued(string line) => line.Length > Long && Markup.Find(line).Count(span => span.Kind == MarkupKind.Link) >= 2;

    public static IEnumerable<string> Split(string line)
    {
        var passages = Passages.Find(line);
        var markup = Markup.Find(line);
        var start = 0;
        for (var i = 1; i < passages.Count; i++)
        {
            var (before, next) = (passages[i - 1], passages[i]);
            var at = WithMarks(line, before.End, next.Start);
            var (wasProse, isProse) = (before.Kind == PassageKind.Prose, next.Kind == PassageKind.Prose);
            if (
                (wasProse && isProse && at - start <= Paragraph)
                || !MayBegin(line, at)
                || IsOrdinal(line, at)
                || IsInsideAddress(line, at)
                || EndsInGluedLink(line, markup, before.End)
                || IsLabel(line, markup, start, at, next.Start)
                || (!wasProse && next.Kind == before.Kind && !HasLink(markup, start, at))
            )
            {
                continue;
            }

            if (line[start..at].Trim() is { Length: > 0 } piece)
            {
                yield return piece;
                if (wasProse || isProse)
                {
                    yield return "";
                }
            }

            start = at;
        }

        if (line[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    // Where the bullets in front of a passage begin.
    private static int WithMarks(string line, int end, int start)
    {
        for (var i = end; i < start; i++)
        {
            if (!char.IsWhiteSpace(line[i]) && !char.IsPunctuation(line[i]))
            {
                return i;
            }
        }

        return start;
    }

    // A line begins with a capital, a figure, a letter without case or a bullet; ":" and small letters go on with what stands before.
    private static bool MayBegin(string line, int at) =>
        at > 0
        && at < line.Length
        && !char.IsLower(line[at])
        && !char.IsLowSurrogate(line[at])
        && (
            !char.IsPunctuation(line[at]) || line[at] is '#' or '@' or '"' or '“' or '«' or '(' or '[' or '【' or '「' or '¿' or '¡' or '•'
        );

    // What stands without a space beside an address may belong to it: nobody can tell, so that it stays.
    private static bool IsInsideAddress(string line, int at)
    {
        if (char.IsWhiteSpace(line[at - 1]))
        {
            return false;
        }

        var start = at;
        while (start > 0 && !char.IsWhiteSpace(line[start - 1]))
        {
            start--;
        }

        var end = at;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        return line.AsSpan(start, end - start).Contains("://", StringComparison.Ordinal);
    }

    // "29. Oktober" is no end of a sentence.
    private static bool IsOrdinal(string line, int at)
    {
        var before = line.AsSpan(0, at).TrimEnd();
        return before.Length > 1 && before[^1] == '.' && char.IsDigit(before[^2]);
    }

    // "http://example.com/abcSubscribe": the word after a lost line break went into the link.
    private static bool EndsInGluedLink(string line, List<MarkupSpan> markup, int end)
    {
        var link = markup.Find(span => span.End == end && span.Kind == MarkupKind.Link);
        if (link.Length == 0)
        {
            return false;
        }

        var text = line.AsSpan(link.Start, link.Length);
        var i = text.Length;
        while (i > 0 && char.IsLetter(text[i - 1]) && char.IsLower(text[i - 1]))
        {
            i--;
        }

        return i > 1 && char.IsUpper(text[i - 1]) && i < text.Length && text[i - 2] is not '/';
    }

    // Words without a link right before a link name it.
    private static bool IsLabel(string line, List<MarkupSpan> markup, int start, int at, int next)
    {
        var first = markup.Find(span => span.Start >= next && span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Placeholder);
        return first.Length > 0
            && !HasLink(markup, start, at)
            && at - start <= Long
            && !line.AsSpan(next, first.Start - next).ContainsAnyInRange('0', 'z')
            && !line[next..first.Start].Any(char.IsLetter);
    }

    private static bool HasLink(List<MarkupSpan> markup, int from, int to) =>
        markup.Exists(span =>
            span.Start >= from && span.Start < to && span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Mention
        );
}
