using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Names that marks hold together.
internal sealed partial class GluedPlaces
{
    private const int LongestMarked = 30;

    // "[Amber HouseLion Den]", "~ANN LEE~": what short brackets or tildes hold is one piece.
    private void Marked()
    {
        for (var at = line.AsSpan().IndexOfAny('[', '~'); at >= 0 && at + 1 < line.Length; )
        {
            var most = Math.Min(LongestMarked, line.Length - at - 1);
            var end = line.AsSpan(at + 1, most).IndexOf(line[at] == '[' ? ']' : '~');
            var holds = end > 1 && line.AsSpan(at + 1, end) is var inner && IsPlain(inner);
            if (holds)
            {
                Array.Fill(whole, true, at + 1, end + 1);
            }

            var from = holds ? at + end + 2 : at + 1;
            var next = line.AsSpan(from).IndexOfAny('[', '~');
            at = next < 0 ? -1 : from + next;
        }
    }

    private static bool IsPlain(ReadOnlySpan<char> inner)
    {
        foreach (var c in inner)
        {
            if (!char.IsLetterOrDigit(c) && c is not (' ' or '\'' or '’' or '.' or ',' or '&'))
            {
                return false;
            }
        }

        return char.IsLetterOrDigit(inner[0]) && char.IsLetterOrDigit(inner[^1]);
    }

    // "[AmberHouse]", "~JABYKOAY~", "MailAmber@example": one name between marks, or the start of an address.
    private bool IsInsideName(int at)
    {
        if (!char.IsLetter(line[at]) || !char.IsLetter(line[at - 1]))
        {
            return false;
        }

        var (start, end) = (at - 1, at + 1);
        while (start > 0 && at - start < LongestMarked && char.IsLetterOrDigit(line[start - 1]))
        {
            start--;
        }

        while (end < line.Length && end - at < LongestMarked && char.IsLetterOrDigit(line[end]))
        {
            end++;
        }

        var (before, after) = (start > 0 ? line[start - 1] : ' ', end < line.Length ? line[end] : ' ');
        return (before, after)
                is
                    ('[', ']')
                    or
                    ('(', ')')
                    or
                    ('~', '~')
                    or
                    ('"', '"')
                    or
                    ('“', '”')
                    or
                    ('‘', '’')
                    or
                    ('【', '】')
                    or
                    ('「', '」')
                    or
                    ('*', '*')
            || (char.IsUpper(line[at]) && char.IsUpper(line[start]) && IsHandle(start) && !LabelAt(at, GluedWords.WordEnd(line, at)))
            || (after == '@' && end + 1 < line.Length && char.IsLetter(line[end + 1]));
    }

    // "Snapchat: AmberHouse": what follows the name of a page is a name on it.
    private bool IsHandle(int start)
    {
        var end = start;
        while (end > 0 && line[end - 1] is ' ' or '@')
        {
            end--;
        }

        if (end == start || end < 1 || line[end - 1] is not (':' or '-' or '：'))
        {
            return false;
        }

        end--;
        while (end > 0 && line[end - 1] == ' ')
        {
            end--;
        }

        var word = end;
        while (word > 0 && end - word < LongestMarked && char.IsLetter(line[word - 1]))
        {
            word--;
        }

        return word < end && Array.IndexOf(Pages, Folding.Fold(line[word..end])) >= 0;
    }
}
