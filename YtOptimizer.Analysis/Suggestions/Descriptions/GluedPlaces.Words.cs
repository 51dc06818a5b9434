using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Two words written as one.
internal sealed partial class GluedPlaces
{
    private static readonly string[] By = ["by", "par", "por", "von", "di", "av", "af", "door"];

    // "SullivanSubscribe for": both halves have to be words, and together they are none.
    private (bool Begins, bool Doubtful) Inside(int at, int end)
    {
        var start = StartOfWord(at);
        if (at - start >= GluedWords.LongestWord)
        {
            return (false, false);
        }

        var (name, head) = (line[start..end], line[start..at]);
        if (
            PassageCutter.IsBrand(line, start)
            || Brands.Form(Folding.Fold(name)) is not null
            || words.IsName(name)
            || (start > 0 && line[start - 1] is '@' or '#' or '_' or '/' or '.')
        )
        {
            return (false, false);
        }

        var tail = line[at..TailEnd(at, end)];
        // "Ann LeeMusic By Ola Nowak"
        if (CreditWords.IsRole(line[at..end]) && IsFollowedBy(end))
        {
            return (true, false);
        }

        // "EditingAnn Lee": a role and a name.
        if (head.Length > LeastTail && CreditWords.IsRole(head) && IsName(tail, at, end))
        {
            return (true, false);
        }

        // "MyLionHouse": a name of three words is parted only where a call or a label begins.
        if (char.IsUpper(name[0]) && Capitals(name) > 2 && !LabelAt(at, end) && !GluedWords.BeginsPart(line, at))
        {
            return (false, false);
        }

        // "at aFacebook: …": a word of one letter in front of a known name.
        if (head.Length == 1 && char.IsLower(head[0]) && head[0] is not ('i' or 'e') && LabelAt(at, end) && FollowsWords(start))
        {
            return (words.IsFunction(head) && Brands.Form(Folding.Fold(tail)) is not null, false);
        }

        if (char.IsUpper(line[at - 1]) && head.All(char.IsUpper))
        {
            return (BehindCapitals(head, tail, at, end), head.Length > LeastTail);
        }

        var isHead = words.Count(head) > 0 || (words.IsCommon(head) && head.Length >= LeastHead);
        var doubtful = head.Length > LeastTail && tail.Length >= LeastTail;
        // "NoCopyrightSounds": what holds a capital inside already is spelled so.
        if (
            head.Length < LeastHead
            || head.Skip(1).Any(char.IsUpper)
            || !FollowsWords(start)
            || (char.IsUpper(line[at - 1]) && head.Length <= LeastTail)
            || (
                char.IsUpper(head[0])
                && head.Length <= LeastTail
                && words.Count(head) == 0
                && !(
                    at + tail.Length == end
                    && LabelAt(at, end)
                    && words.IsCommon(head)
                    && (words.IsKnown(tail) || Brands.Form(Folding.Fold(tail)) is not null)
                )
            )
        )
        {
            return (false, false);
        }

        // "WebUI"
        var isTail =
            !(tail.Length == LeastHead && char.IsUpper(tail[1]))
            && (tail.Length > 1 ? words.IsCommon(tail) || words.Count(tail) > 0 : words.IsFunction(tail) && end == at + 1);
        // What stands twice is spelled so, unless a song repeats two plain words.
        if (words.Count(name) > 1 && !(isHead && isTail && char.IsLower(head[0]) && head.Length > LeastTail && words.IsFunction(tail)))
        {
            return (false, false);
        }

        if (LabelAt(at, end) && (isHead || isTail || head.Length > LeastTail))
        {
            return (true, false);
        }

        var plainHead = char.IsLower(head[0]) && head.Length > LeastTail;
        if (plainHead && (IsShouted(tail, at) || NamesAtDash(at, end)))
        {
            return (true, false);
        }

        return (
            ((isHead || plainHead || GluedWords.BeginsPart(line, at)) && isTail && !IsCompound(start, head, tail, at))
                || BehindName(start, at, end, tail)
                || GoesOn(plainHead, end, tail)
                || (plainHead && tail.Length > LeastTail && end < line.Length && line[end] == ' ' && GluedWords.BeginsPart(line, at)),
            doubtful
        );
    }

    private bool IsName(string tail, int at, int end) =>
        tail.Length > LeastTail
        && at + tail.Length == end
        && end + 1 < line.Length
        && line[end] == ' '
        && char.IsUpper(line[end + 1])
        && !words.IsKnown(tail);

    private static int Capitals(string name)
    {
        var count = 0;
        for (var i = 0; i < name.Length; i++)
        {
            count += char.IsUpper(name[i]) && (i == 0 || !char.IsUpper(name[i - 1])) ? 1 : 0;
        }

        return count;
    }

    private bool IsFollowedBy(int end) =>
        end + 1 < line.Length
        && line[end] == ' '
        && GluedWords.WordEnd(line, end + 1) is var next
        && Array.IndexOf(By, Folding.Fold(line[(end + 1)..next])) >= 0;

    // "many jokesSUBSCRIBE AND …": capitals behind a word in small letters.
    private bool IsShouted(string tail, int at) =>
        tail.Length > LeastTail && tail.All(char.IsUpper) && (words.IsKnown(tail) || GluedWords.BeginsPart(line, at));

    // "Written by Ann leeCo Writer - Rudi Maier": a few words with capitals and a dash behind them.
    private bool NamesAtDash(int at, int end)
    {
        if (end >= line.Length || line[end] != ' ')
        {
            return false;
        }

        var next = GluedWords.WordEnd(line, end + 1);
        return next > end + LeastTail
            && char.IsUpper(line[end + 1])
            && words.IsKnown(line[(end + 1)..next])
            && line.AsSpan(next).StartsWith(" - ", StringComparison.Ordinal);
    }

    // "BlockWork": two everyday words with capitals that stand nowhere else are a name.
    private bool IsCompound(int start, string head, string tail, int at) =>
        char.IsUpper(head[0])
        && words.Count(head) == 0
        && !FollowsName(start)
        // "SlowDown", "MakeUp"
        && (!words.IsFunction(tail) || Folding.Fold(tail) is "down" or "up" or "out" or "off")
        && !GluedWords.BeginsPart(line, at);

    // "by Ann LeeSet design - Rudi Maier", "with Ann LeeThanks to": a known word behind a surname, and the text goes on in small letters.
    private bool BehindName(int start, int at, int end, string tail) =>
        char.IsUpper(line[start])
        && at - start >= LeastTail
        && tail.Length >= LeastTail
        && at + tail.Length == end
        && (char.IsLower(tail[1]) ? words.IsKnown(tail) : tail.Length > LeastTail && words.IsCommon(tail))
        && FollowsName(start)
        && end + 2 < line.Length
        && (line[end] == ' ' && (char.IsLower(line[end + 1]) || (line[end + 1] is '-' or '–' && line[end + 2] == ' ')));

    // "music by viewersSaturn is": nobody writes a word in small letters with a known one behind it.
    private bool GoesOn(bool plainHead, int end, string tail) =>
        plainHead && tail.Length > LeastTail && words.IsKnown(tail) && end < line.Length && line[end] is ' ' or '-';

    // "UPDATESTwitter - https://…", "CASTAnn Lee", not "TWSEOpen".
    private bool BehindCapitals(string head, string tail, int at, int end) =>
        tail.Length >= LeastTail
        && head.Length > LeastTail
        && !addressStarts.Contains(at + 1)
        && (
            LabelAt(at, end) || (words.IsCommon(head) && words.Count(head) == 0) || (words.IsKnown(tail) && GluedWords.BeginsPart(line, at))
        );

    // Up to the next capital behind a small letter, "SullivanSubscribeNow".
    private int TailEnd(int at, int end)
    {
        for (var i = at + 1; i < end; i++)
        {
            if (char.IsUpper(line[i]) && char.IsLower(line[i - 1]))
            {
                return i;
            }
        }

        return end;
    }

    private bool LabelAt(int at, int end) => GluedWords.LabelEnd(line, at) is var label and > 0 && end - at >= LeastTail && label > end;

    // "🛒 MultiTool: …": behind a bullet the label is the whole word.
    private bool FollowsWords(int start)
    {
        var before = line.AsSpan(0, start).TrimEnd();
        return before.Length > 0
            && (char.IsLetterOrDigit(before[^1]) || char.IsPunctuation(before[^1]))
            && (!places.Contains(start) || char.IsLower(line[start]))
            && !addressEnds.Contains(start);
    }

    // "62FECHAS DE", "2018España: 25", not "4K" or "1080P".
    private (bool Begins, bool Doubtful) BehindFigure(int at, int end)
    {
        var start = at;
        while (start > 0 && char.IsDigit(line[start - 1]))
        {
            start--;
        }

        // "annlee2Instagram: …"
        if (end - at > LeastTail && LabelAt(at, end) && !whole[at - 1] && Brands.Form(Folding.Fold(line[at..end])) is not null)
        {
            return (true, false);
        }

        // A figure behind the letters, too, is a code ("1GQzJ4x…").
        if (
            end - at < LeastTail
            || (end < line.Length && char.IsDigit(line[end]))
            // "2:41Lions" is one entry of a list.
            || (start > 0 && (char.IsLetter(line[start - 1]) || line[start - 1] == ':'))
            || whole[Math.Max(0, at - 1)]
        )
        {
            return (false, false);
        }

        var word = line[at..end];
        // "31 October 2018Ann Lee"
        if (IsYear(start, at) && word.Length >= LeastTail && word.Skip(1).All(char.IsLower) && end < line.Length && line[end] is ' ' or ':')
        {
            return (true, false);
        }

        // "60OUT" and "1HBET" are names.
        var isName = char.IsUpper(word[1]) && (word.Length == LeastTail || (at - start == 1 && word.All(char.IsUpper)));
        return (!isName && (LabelAt(at, end) || words.IsCommon(word) || words.Count(word) > 0), true);
    }

    private bool IsYear(int start, int at) =>
        at - start == 4 && start > 0 && line[start - 1] == ' ' && (line.AsSpan(start, 2) is "19" or "20");

    // Not beyond an address or another place.
    private int StartOfWord(int at)
    {
        var start = at;
        while (
            start > 0
            && at - start < GluedWords.LongestWord
            && char.IsLetter(line[start - 1])
            && !places.Contains(start)
            && !addressEnds.Contains(start)
        )
        {
            start--;
        }

        return start;
    }

    // "Music by Ann Sound: https://…" behind a sentence.
    private bool LabelsAddress(int at)
    {
        var end = GluedWords.LabelEnd(line, at);
        while (end > 0 && end < line.Length && line[end] is ' ' or '|')
        {
            end++;
        }

        return end > 0 && addressStarts.Contains(end);
    }
}
