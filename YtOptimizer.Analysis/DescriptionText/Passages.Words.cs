using System.Text;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

internal static partial class Passages
{
    // "…/lighthouseDirector: Jane Roe": the label went into the link before it.
    private static string? GluedLabel(string text, int start, List<MarkupSpan> markup)
    {
        if (start == 0 || text[start] is not (':' or '：') || !markup.Exists(span => span.Kind == MarkupKind.Link && span.End == start))
        {
            return null;
        }

        var from = start;
        while (from > 0 && char.IsLower(text[from - 1]))
        {
            from--;
        }

        return from > 0 && from < start && char.IsUpper(text[from - 1]) ? text[(from - 1)..start] : null;
    }

    private static List<PassageWord> Words(string text, int start, int end, List<MarkupSpan> markup)
    {
        var words = new List<PassageWord>();
        var next = First(markup, start);
        for (var i = start; i < end; )
        {
            while (next < markup.Count && markup[next].End <= i)
            {
                next++;
            }

            if (next < markup.Count && markup[next].Start <= i)
            {
                i = markup[next].End;
                continue;
            }

            var limit = next < markup.Count ? Math.Min(end, markup[next].Start) : end;
            var from = i;
            while (i < limit && Rune.TryGetRuneAt(text, i, out var rune) && Folding.IsWord(rune))
            {
                i += rune.Utf16SequenceLength;
            }

            if (i == from)
            {
                i++;
                continue;
            }

            // Some letters fold to nothing but marks.
            var folded = Folding.Fold(text[from..i]);
            if (folded.Length == 0)
            {
                continue;
            }

            words.Add(
                new PassageWord(
                    PassageMarks.Form(folded),
                    Scripts.IsUnspaced(Scripts.OfFirst(folded)) || folded.Any(IsEastAsian),
                    ClosesLabel(text, i, end, markup, next)
                )
            );
        }

        return words;
    }

    private static bool IsEastAsian(char c) =>
        c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0EFF');

    private static bool ClosesLabel(string text, int i, int end, List<MarkupSpan> markup, int next)
    {
        while (i < end && text[i] is ' ' or '\u3000' or ')' or '】' or ']' or '*')
        {
            i++;
        }

        return i >= end
            || (next < markup.Count && markup[next].Start == i && markup[next].Kind != MarkupKind.Hashtag)
            || text[i]
                is ':'
                    or '：'
                    or ';'
                    or '-'
                    or '–'
                    or '—'
                    or '|'
                    or '/'
                    or '→'
                    or '►'
                    or '▶'
                    or '⇨'
                    or '➜'
                    or '➤'
                    or '➡'
                    or '='
                    or '»'
                    or '>'
                    or '@'
                    or '_'
                    or '\uD83D';
    }

    /// <summary>Words; in scripts without spaces about two characters are one.</summary>
    private static int Count(List<PassageWord> words) => words.Sum(word => word.IsUnspaced ? Math.Max(1, word.Text.Length / 2) : 1);

    // "Follow us:", "★過去の動画★", "Credits" on a line of its own.
    private static bool IsHeading(string text, int start, int length, List<PassageWord> words)
    {
        var last = text[start + length - 1];
        return last is ':' or '：'
            || (words.Count <= 4 && start + length < text.Length && text[start + length] == '\n' && !char.IsPunctuation(last));
    }

    private static bool EndsSection(string text, Passage before, int start, List<PassageWord> words, PassageKind section)
    {
        // A song goes on over blank lines, until a passage says what it is for.
        if (section == PassageKind.Lyrics)
        {
            return false;
        }

        var gap = text.AsSpan(before.End, start - before.End);
        var blank = gap.Count('\n') > 1;
        var afterHeading = text[before.End - 1] is ':' or '：';
        return (blank && !afterHeading) || Count(words) > SectionEntry;
    }

    // "Tickets and dates here!: https://…": the label is the passage before.
    private static void TakeLabel(string text, List<Passage> passages, int start, PassageKind kind, List<PassageWord> words)
    {
        if (
            kind is not (PassageKind.Link or PassageKind.Social or PassageKind.OtherVideo)
            || Count(words) > 1
            || passages.Count == 0
            || passages[^1].Kind != PassageKind.Prose
        )
        {
            return;
        }

        var label = passages[^1];
        var sameLine = !text.AsSpan(label.End, start - label.End).Contains('\n');
        var opensLink = text[label.End - 1] is ':' or '：' or '→' or '►' or '⬇' or '↓' or '▼';
        if ((sameLine || opensLink) && Count(Words(text, label.Start, label.End, [])) <= SectionEntry)
        {
            passages[^1] = label with { Kind = kind };
        }
    }
}
