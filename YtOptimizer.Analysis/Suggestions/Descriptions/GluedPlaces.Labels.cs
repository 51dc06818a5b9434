using System.Buffers;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// "Producer: Ann LeeSound: Ola Nowak Photo : Rudi Maier", "Cast- Ann LeeDoP- Ola Nowak": a list of credits.
internal sealed partial class GluedPlaces
{
    private const int FewestLabels = 3;
    private const int FewestDashes = 2;
    private static readonly SearchValues<char> LabelSeparators = SearchValues.Create(":：-–—=");

    // Dashes that stand between a role and a name, and head no line.
    private readonly HashSet<int> labelDashes = [];

    // Labels behind a space, which begin a line only where another label and its names stand before them.
    private readonly List<int> spacedLabels = [];

    private void Labels()
    {
        var (colons, dashes) = (new List<int>(), new List<int>());
        for (var at = 2; at + 1 < line.Length; at++)
        {
            var isColon = line[at] is ':' or '：';
            if (whole[at] || !(isColon || line[at] is '-' or '–' or '—') || (isColon && line[at + 1] == '/'))
            {
                continue;
            }

            var end = at;
            while (end > 0 && line[end - 1] == ' ' && at - end < 2)
            {
                end--;
            }

            if (!isColon && !NamesBehind(at))
            {
                continue;
            }

            var start = CreditWords.LabelStart(line, end);
            if (start < 0)
            {
                continue;
            }

            (isColon ? colons : dashes).Add(start);
            var dash = line[at + 1] == ' ' ? at + 2 : at + 1;
            labelDashes.Add(isColon ? dash : at);
        }

        // One dash may stand between anything.
        if (dashes.Count < FewestDashes)
        {
            dashes.Clear();
        }

        var isList = colons.Count + dashes.Count >= FewestLabels;
        foreach (var start in colons.Concat(dashes))
        {
            if (start > 0 && IsGlued(start))
            {
                if (!IsSpelledSo(start))
                {
                    Begin(start);
                }
            }
            else if (start > 0 && isList && BehindName(start))
            {
                spacedLabels.Add(start);
            }
        }
    }

    // "Cast- Ann", "Cast - Ann", "Cast-Ann", not "co-produced".
    private bool NamesBehind(int at)
    {
        var next = line[at + 1] == ' ' ? at + 2 : at + 1;
        return next < line.Length && char.IsLetter(line[next]) && !char.IsLower(line[next]);
    }

    // "Artistic Producer: Ann Lee" is one label, and "Listen on Lion Music: https://…" is one line.
    private void SpacedLabels()
    {
        spacedLabels.Sort();
        foreach (var start in spacedLabels)
        {
            var before = places.GetViewBetween(0, start).Max;
            if (before < start && HoldsLabel(line.AsSpan(before, start - before)))
            {
                Begin(start);
            }
        }
    }

    private static bool HoldsLabel(ReadOnlySpan<char> piece)
    {
        var text = piece.TrimEnd();
        var separator = text.LastIndexOfAny(LabelSeparators);
        var behind = separator < 0 ? text : text[(separator + 1)..].Trim();
        return text.Length > 0
            && (
                text[^1] is '.' or '!' or '?' or ')'
                || (separator > 0 && behind.IndexOf(' ') > 0)
                || IsOneName(text, separator)
                || text.Contains(" by ", StringComparison.OrdinalIgnoreCase)
            );
    }

    // "Music: Universal", not "Head - Account".
    private static bool IsOneName(ReadOnlySpan<char> text, int separator) => separator > 0 && text[separator] is ':' or '：' or '=';

    private bool IsGlued(int start) => char.IsLetterOrDigit(line[start - 1]);

    // "LionMusic: https://…", the name of the channel or of a page.
    private bool IsSpelledSo(int start)
    {
        var word = StartOfWord(start);
        var name = line[word..GluedWords.WordEnd(line, start)];
        // "Itunes/LionMusic: …"
        return (word > 0 && line[word - 1] == '/') || words.IsName(name) || Brands.Form(Folding.Fold(name)) is not null;
    }

    // A space and a name, not another label or the middle of a sentence.
    private bool BehindName(int start)
    {
        var before = start;
        while (before > 0 && line[before - 1] == ' ')
        {
            before--;
        }

        if (before == start || before == 0 || !(char.IsLetterOrDigit(line[before - 1]) || EndsBefore(before)))
        {
            return false;
        }

        var word = before;
        while (word > 0 && char.IsLetter(line[word - 1]) && before - word < GluedWords.LongestWord)
        {
            word--;
        }

        return word == before || !words.IsFunction(line[word..before]) || char.IsUpper(line[word]);
    }
}
