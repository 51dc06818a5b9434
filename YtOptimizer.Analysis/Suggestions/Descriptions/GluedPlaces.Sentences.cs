using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// The end of one sentence and the beginning of the next without a space between.
internal sealed partial class GluedPlaces
{
    // "18 TRICKS! FOR THE ZOO: https://…" and "SO MANY! #lion: https://…" are one title.
    private bool GoesOnInCapitals(int at)
    {
        var mark = at - 2;
        while (mark > 0 && line[mark] is '.' or '!' or '?' or ' ')
        {
            mark--;
        }

        var end = at;
        while (end < line.Length && line[end] is not (':' or '|'))
        {
            if (char.IsLower(line[end]) && line[at] != '#')
            {
                return false;
            }

            end++;
        }

        return line[at - 2] != '.' || line[at] == '#'
            ? (char.IsUpper(line[mark]) || char.IsDigit(line[mark]))
                && (line[at] == '#' || (IsInCapitals(mark) && !GluedWords.BeginsPart(line, at)))
            : false;
    }

    // The last two words with letters in front of an offset.
    private bool IsInCapitals(int at)
    {
        var letters = 0;
        for (; at >= 0 && letters < LongestQuote / 8; at--)
        {
            if (char.IsLower(line[at]))
            {
                return false;
            }

            letters += char.IsLetter(line[at]) ? 1 : 0;
        }

        return letters > LeastTail;
    }

    private bool EndsGluedSentence(int at)
    {
        // "Post.Com" is an address.
        if (line[at - 1] == '.' && Array.IndexOf(Domains, Folding.Fold(line[at..GluedWords.WordEnd(line, at)])) >= 0)
        {
            return false;
        }

        // "Ann Lee.P. O. Box": the initial goes on with what follows.
        if (at + 1 >= line.Length || (line[at + 1] == '.' && char.IsUpper(line[at])))
        {
            return false;
        }

        // A handle ("Ann.Lee_1"), and the French space in front of the mark ("rapide ?Quand").
        if (GluedWords.WordEnd(line, at) is var next && next < line.Length && line[next] == '_')
        {
            return false;
        }

        if (at > 2 && line[at - 1] is '?' or '!' && line[at - 2] is ' ' or '\u00A0' && char.IsLetter(line[at - 3]))
        {
            return true;
        }

        var end = at;
        while (end > 0 && line[end - 1] is '.' or '!' or '?' or '…' or '؟' or '।')
        {
            end--;
        }

        return at - end > 1
            ? end > 0 && !char.IsWhiteSpace(line[end - 1])
            : LineMarks.EndsSentence(line, at) || (line[at - 1] == '.' && (EndsShortWord(at) || EndsYearOrName(at)));
    }

    // "about it.Watch more", "(part 2).Then", "with Paul.The film": a short word may be an abbreviation, so what follows has to be a word.
    private bool EndsShortWord(int at)
    {
        var start = at - 1;
        while (start > 0 && char.IsLetter(line[start - 1]))
        {
            start--;
        }

        var word = line[start..(at - 1)];
        var next = line[at..GluedWords.WordEnd(line, at)];
        return word.Length == 0
                ? at > 1
                    && (
                        Closing.Contains(line[at - 2], StringComparison.Ordinal)
                        || (line[at - 2] is '\'' or '’' && next.Length > 1 && words.IsFunction(next))
                    )
            : char.IsLower(word[0])
                ? next.Length > 1
                    && words.IsKnown(next)
                    && (word.Length > 1 && words.IsKnown(word) || start > 0 && char.IsDigit(line[start - 1]))
            : word.Length > LeastHead && next.Length > 1 && (words.IsFunction(next) || (next.Length > LeastTail && LabelsAddress(at)));
    }

    // "on April 5, 2019.Based on", "on NBC.Follow us": a year, and a name in capitals between spaces.
    private bool EndsYearOrName(int at)
    {
        var start = at - 1;
        while (start > 0 && at - start <= LongestName && char.IsAsciiLetterUpper(line[start - 1]))
        {
            start--;
        }

        var isName = at - start > LeastTail && (start == 0 || line[start - 1] == ' ');
        var end = GluedWords.WordEnd(line, at);
        return (isName || (at > LongestName && IsYear(at - LongestName, at - 1)))
            && (end - at > LeastTail || (end - at > 1 && char.IsLower(line[at + 1])))
            && end < line.Length
            && line[end] is ' ' or ','
            && words.IsKnown(line[at..end]);
    }
}
