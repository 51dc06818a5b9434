namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Names that marks hold together.
internal sealed partial class GluedPlaces
{
    private const int LongestMarked = 30;

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
            || (after == '@' && end + 1 < line.Length && char.IsLetter(line[end + 1]));
    }
}
