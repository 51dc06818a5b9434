using System.Buffers;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>
/// Gives links, credits and calls of a long line lines of their own again, and parts the prose between them. Only white space changes, and
/// only at places that leave no doubt: in front of a bullet, behind a link, in front of a label that lost its line break, at the end of a
/// sentence. A text that is still one line afterwards is better than one that is cut inside a name.
/// </summary>
internal static class GluedLines
{
    private const int Long = 250;
    private const int Paragraph = 200;
    private const int LeastParagraph = 40;
    private const int LeastLine = 25;
    private const int LongestLabel = 40;

    private static readonly SearchValues<char> NoLabel = SearchValues.Create(".!?,;。、");

    public static bool IsGlued(string line) => line.Length > Long && Markup.Find(line).Count(span => span.Kind == MarkupKind.Link) >= 2;

    /// <param name="line">A line for which <see cref="IsGlued"/> holds.</param>
    /// <param name="title">The video's title: repeated at the start of the line it stays in one piece.</param>
    public static IEnumerable<string> Split(string line, string title)
    {
        var addresses = Markup.Find(line).Where(IsAddress).ToList();
        var (begins, ends) = (addresses.Select(span => span.Start).ToHashSet(), addresses.ToDictionary(span => span.End));
        var passages = Passages.Find(line);
        var pasted = title.Length > 0 && line.StartsWith(title, StringComparison.OrdinalIgnoreCase) ? title.Length : 0;
        var start = 0;
        for (var i = 1; i < passages.Count; i++)
        {
            var at = LineMarks.WithBullets(line, passages[i - 1].End, passages[i].Start);
            if (at <= pasted || at - start < 2)
            {
                continue;
            }

            // From what is said of the video to credits and calls, or back.
            var turns = (passages[i - 1].Kind == PassageKind.Prose) != (passages[i].Kind == PassageKind.Prose);
            var isLine = IsLineEnd(line, begins, ends, start, at, passages[i - 1].End);
            var isParagraph =
                !isLine
                && (at - start >= Paragraph && passages[i].Length >= LeastParagraph || turns)
                && LineMarks.EndsSentence(line, at)
                && !IsInsideAddress(line, at);
            if ((!isLine && !isParagraph) || line[start..at].Trim() is not { Length: > 0 } piece)
            {
                continue;
            }

            yield return piece;
            if (isParagraph || turns)
            {
                yield return "";
            }

            start = at;
        }

        if (line[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static bool IsLineEnd(string line, HashSet<int> begins, Dictionary<int, MarkupSpan> ends, int start, int at, int end)
    {
        if (!LineMarks.MayBegin(line, at) || IsInsideAddress(line, at))
        {
            return false;
        }

        var bullets = LineMarks.BulletsAt(line, at);
        if (bullets > 0)
        {
            // "Subscribe ► https://…": this one points.
            var text = at + bullets;
            while (text < line.Length && char.IsWhiteSpace(line[text]))
            {
                text++;
            }

            return text < line.Length && char.IsLetterOrDigit(line[text]) && !begins.Contains(text);
        }

        if (ends.TryGetValue(end, out var link))
        {
            return char.IsWhiteSpace(line[end]) && EndsPlainly(line.AsSpan(link.Start, link.Length)) && char.IsLetterOrDigit(line[at]);
        }

        return !char.IsWhiteSpace(line[at - 1]) && at - start >= LeastLine && (IsLabel(line, at) || EndsGluedSentence(line, at));
    }

    // "https://example.com/abcSubscribe to …": with a capital in it, a link may have swallowed the first word of the next line.
    private static bool EndsPlainly(ReadOnlySpan<char> link) =>
        link[^1] is not (']' or '-' or '#' or '*' or '_') && !link.ContainsAnyInRange('A', 'Z');

    private static bool IsAddress(MarkupSpan span) => span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Placeholder;

    // "Rich SalamoneProduction Manager: …": a few words and a colon.
    private static bool IsLabel(string line, int at)
    {
        var colon = line.AsSpan(at, Math.Min(LongestLabel, line.Length - at)).IndexOfAny(':', '：');
        return colon > 1
            && !line.AsSpan(at + colon).StartsWith("://", StringComparison.Ordinal)
            && !line.AsSpan(at, colon).ContainsAny(NoLabel)
            && char.IsLower(line[at - 1])
            && FollowsWords(line, at);
    }

    // "🛒 MultiTool: …": behind a bullet the label is the whole word.
    private static bool FollowsWords(string line, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetterOrDigit(line[start - 1]))
        {
            start--;
        }

        var before = line.AsSpan(0, start).TrimEnd();
        return before.Length > 0 && (char.IsLetterOrDigit(before[^1]) || char.IsPunctuation(before[^1]));
    }

    // "… before 1900.The second": a space is seldom left out by hand.
    private static bool EndsGluedSentence(string line, int at) =>
        at > 0 && line[at - 1] is '.' or '!' or '?' && LineMarks.EndsSentence(line, at) && char.IsUpper(line[at]);

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
}
