using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Capitals inside words that are left once the other signs have shown that the text has lost its line breaks: there, two words written as
// one are two lines more often than a name.
internal sealed partial class GluedPlaces
{
    private const int FewestMended = 2;
    private const int FewestNames = 2;
    private const int LeastSurname = 4;

    /// <summary>Words with a capital inside that may be two lines or a name.</summary>
    public int Open { get; private set; }

    private void Seams()
    {
        var isLost = Mended >= FewestMended;
        var isGlued = Mended > 0;
        var (names, others) = (new List<int>(), new List<int>());
        for (var at = 1; at + 1 < line.Length; at++)
        {
            if (line[at] == '#' ? !char.IsLetter(line[at - 1]) : !char.IsUpper(line[at]) || !char.IsLetterOrDigit(line[at - 1]))
            {
                continue;
            }

            if (whole[at] || places.Contains(at))
            {
                continue;
            }

            if (line[at] == '#')
            {
                GluedHashtag(at, isLost);
                continue;
            }

            var start = StartOfWord(at);
            var end = GluedWords.WordEnd(line, at);
            if ((at - start >= LeastTail && end - at > 1 && TurnsScript(at)) || NamesPage(start, at, end) || EndsAddress(start, at, end))
            {
                Begin(at);
            }
            else if (IsSeam(start, at, end) && (isLost || (isGlued && char.IsLower(line[start]))) && IsSure(start, at, end))
            {
                Begin(at);
            }
            else if (isLost && IsSeam(start, at, end) && IsBetweenNames(start, at, end))
            {
                names.Add(at);
            }
            else if (isLost && IsSeam(start, at, end) && IsBehindSurname(start, at, end))
            {
                others.Add(at);
            }
            else if (IsSeam(start, at, end) && at - start >= LeastTail && end - at >= LeastTail)
            {
                Open++;
            }
        }

        if (names.Count >= FewestNames)
        {
            names.ForEach(Begin);
        }
        else
        {
            Open += names.Count;
        }

        if (others.Count + names.Count >= FewestInRun && others.Count >= FewestNames)
        {
            others.ForEach(Begin);
        }
        else
        {
            Open += others.Count;
        }
    }

    // "the end of it#lion #zoo": no hashtag at all as long as it is glued.
    private void GluedHashtag(int at, bool isLost)
    {
        var end = at + 1;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] == '_') && end - at < GluedWords.LongestWord)
        {
            end++;
        }

        // "part#1" counts, and within a row of hashtags nothing is lost.
        var start = StartOfWord(at);
        if (
            !isLost
            || whole[at - 1]
            || char.IsDigit(line[at + 1])
            || end - at <= LeastTail
            || at - start < LeastTail
            || (start > 0 && line[start - 1] is '#' or '_' or '@' or '/')
        )
        {
            return;
        }

        Begin(at);
        Array.Fill(whole, true, at + 1, end - at - 1);
    }

    // "Lion Ltd., BulgariaЗа": one word, two scripts with spaces.
    private bool TurnsScript(int at)
    {
        var (before, after) = (ScriptOf(line[at - 1]), ScriptOf(line[at]));
        return before != after
            && char.IsLetter(line[at - 1])
            && before != Script.Hangul
            && after != Script.Hangul
            && !Scripts.IsUnspaced(before)
            && !Scripts.IsUnspaced(after)
            && ScriptOf(line[at - 2]) == before
            && ScriptOf(line[at - 3]) == before
            && char.IsLetter(line[at + 1])
            && ScriptOf(line[at + 1]) == after;
    }

    // "Ann LeeTwitter: https://…", "lion77Snapchat: …"
    private bool NamesPage(int start, int at, int end) =>
        end - at > 1
        && end + 1 < line.Length
        && line[end] is ' ' or ':'
        && !(start > 0 && line[start - 1] is '@' or '#' or '/' or '.')
        && (at - start >= LeastTail || (start == at && char.IsDigit(line[at - 1])))
        && !whole[at - 1]
        && (
            Array.IndexOf(Pages, Folding.Fold(line[at..end])) >= 0
                ? LabelAt(at, end) && !words.IsName(line[start..end])
                : start == at
                    && end - at >= LeastTail
                    && char.IsLower(line[at + 1])
                    && ScriptOf(line[at]) == ScriptOf(line[at + 1])
                    && LabelsAddress(at)
        );

    // "Our page: example.comContact: …"
    private bool EndsAddress(int start, int at, int end) =>
        start > 1
        && at - start > 1
        && line[start - 1] == '.'
        && char.IsLetterOrDigit(line[start - 2])
        && end - at >= LeastTail
        && char.IsLower(line[at + 1])
        && LabelAt(at, end)
        && Markup.IsTopLevel(line[start..at]);

    // A small letter, a capital and another small letter, in no name that is known.
    private bool IsSeam(int start, int at, int end) =>
        start < at
        && char.IsLower(line[at - 1])
        && char.IsLower(line[at + 1])
        && !(start > 0 && (line[start - 1] is '@' or '#' or '_' or '/' or '.' or '-' || char.IsDigit(line[start - 1])))
        && !(end < line.Length && (line[end] is '_' or '@' or '(' || char.IsDigit(line[end])))
        && !PassageCutter.IsBrand(line, start)
        && line[start..end] is var name
        && words.Count(name) < 2
        && !words.IsName(name)
        && !words.IsName(line[at..end])
        && Brands.Form(Folding.Fold(name)) is null;

    private bool IsSure(int start, int at, int end)
    {
        var (head, tail) = (line[start..at], line[at..TailEnd(at, end)]);
        if (head.Skip(1).Any(char.IsUpper))
        {
            return false;
        }

        // "in JapanJapan is": the same word twice; "the ZooLion House" where "Lion House" stands in another place, too.
        if (
            (head == tail && head.Length > LeastTail)
            || (head.Length >= LeastTail && at + tail.Length == end && tail.Length >= LeastTail && words.StandsElsewhere(line, at))
        )
        {
            return true;
        }

        var goesOn = end + 1 < line.Length && line[end] == ' ' && char.IsLower(line[end + 1]);
        if (char.IsLower(head[0]))
        {
            // "0,5 kgSugar", "this is the endWatch it", not "laTeX".
            return BehindAmount(start, head)
                || (tail.Length > 1 && (head.Length > LeastTail || (head.Length > 1 && (words.IsFunction(head) || words.Count(head) > 0))));
        }

        if (head.Length < LeastTail)
        {
            return false;
        }

        // "Lion ShowThis is", "Zoo - HallOct 31": a sentence or a day begins.
        if (
            (
                goesOn
                && at + tail.Length == end
                && words.IsFunction(tail)
                && Folding.Fold(tail) is not ("down" or "up" or "out" or "off")
                && (tail.Length >= LeastTail || (tail.Length > 1 && !words.IsEnglish(tail)))
            )
            || (
                end + 1 < line.Length
                && line[end] == ' '
                && char.IsDigit(line[end + 1])
                && Array.IndexOf(Months, Folding.Fold(line[at..end])) >= 0
            )
        )
        {
            return true;
        }

        // "by Ann LeeProduction Assistant", "Zoo: Ann LeeRudi Maier: Bear".
        return FollowsName(start)
            && (
                (LabelAt(at, end) && at + tail.Length == end)
                || (
                    tail.Length > LeastTail
                    && !words.IsKnown(head)
                    && words.IsKnown(tail)
                    && (CreditWords.IsRole(tail) || GluedWords.BeginsPart(line, at) || IsFollowedBy(end))
                )
            );
    }

    // "150 grSalt"
    private bool BehindAmount(int start, string head)
    {
        var before = start;
        while (before > 0 && line[before - 1] == ' ' && start - before < 2)
        {
            before--;
        }

        return before > 0 && char.IsDigit(line[before - 1]) && Array.IndexOf(Units, Folding.Fold(head)) >= 0;
    }

    // "by Ann BergholdMake Up Ola Nowak": a word of the language behind a surname.
    private bool IsBehindSurname(int start, int at, int end) =>
        char.IsUpper(line[start])
        && at - start >= LeastSurname
        && end - at >= LeastTail
        && TailEnd(at, end) == end
        && FollowsName(start)
        && !words.IsKnown(line[start..at])
        && words.IsKnown(line[at..end]);

    // "Ann LeeRudi Maier": a surname, and a name of two words.
    private bool IsBetweenNames(int start, int at, int end) =>
        char.IsUpper(line[start])
        && at - start >= LeastSurname
        && end - at >= LeastTail
        && TailEnd(at, end) == end
        && FollowsName(start)
        && end + 1 < line.Length
        && line[end] == ' '
        && char.IsUpper(line[end + 1])
        && !words.IsKnown(line[start..at])
        && !words.IsKnown(line[at..end]);
}
