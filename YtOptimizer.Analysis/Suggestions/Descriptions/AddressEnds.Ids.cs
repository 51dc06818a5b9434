using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Ids of a known length.
internal static partial class AddressEnds
{
    private static readonly (string Before, int Length)[] Ids =
    [
        ("list=PL", 32),
        ("youtu.be/", 11),
        ("youtube.com/watch?v=", 11),
        ("youtube.com/embed/", 11),
        ("youtube.com/shorts/", 11),
        ("youtube.com/channel/UC", 22),
        ("open.spotify.com/track/", 22),
        ("open.spotify.com/album/", 22),
        ("open.spotify.com/artist/", 22),
        ("goo.gl/", 6),
        ("amzn.to/", 7),
    ];

    private static (int End, bool Unsure)? IdEnd(string line, MarkupSpan span, string link, GluedWords words)
    {
        var (start, length, sure) = (0, 0, false);
        foreach (var (before, count) in Ids)
        {
            if (link.IndexOf(before, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
            {
                (start, length, sure) = (at + before.Length, count, count > ShortId);
                break;
            }
        }

        if (length == 0 && BitlyId(link) is var path and > 0)
        {
            (start, length) = (path, ShortId);
        }

        var end = start + length;
        if (length == 0 || end > link.Length || !IsId(link.AsSpan(start, length)))
        {
            return null;
        }

        if (end == link.Length)
        {
            return (span.End, false);
        }

        // "?t=10" and "&list=…" go on; what is behind them is read as any other path.
        if (link[end] is '?' or '&' or '/' or '=' or '%')
        {
            return null;
        }

        var next = span.Start + end;
        if (sure || link[end] == '#' || BeginsWord(line, next, words))
        {
            return (next, false);
        }

        // "…/2aBcDeFxLion House: …" where "Lion House" stands in another place, too, and ids of one character less.
        var tail = TailStart(line, span);
        return
            tail >= next - 1
            && (
                words.StandsElsewhere(line, tail)
                || (tail == next - 1 && GluedWords.WordEnd(line, tail) - tail > 2 && IsNextLine(line, span, tail, words))
            )
            ? (tail, false)
            : (span.End, char.IsUpper(line[next]) || tail >= next);
    }

    // Where the id of bit.ly and of the domains it runs begins: "2AbCdEf", a figure and six more in both cases.
    private static int BitlyId(string link)
    {
        var host = link.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var path = link.IndexOf('/', host) + 1;
        if (path <= 0 || path - host > 10 || link.Length < path + ShortId || link[path] is not (>= '1' and <= '4'))
        {
            return 0;
        }

        var id = link.AsSpan(path, ShortId);
        return id.ContainsAnyInRange('a', 'z') && (id.ContainsAnyInRange('A', 'Z') || id[1..].ContainsAnyInRange('0', '9')) ? path : 0;
    }

    private static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    // "Follow", "FOLLOW me", "In", "19 tricks": a lone capital or figure may be the last of a longer id.
    private static bool BeginsWord(string line, int at, GluedWords words) =>
        !char.IsAscii(line[at])
        || (char.IsUpper(line[at]) && GluedWords.WordEnd(line, at) - at >= 2)
        || (
            char.IsLower(line[at])
            && line[at..GluedWords.WordEnd(line, at)] is var name
            && name.Any(char.IsUpper)
            && (words.IsName(name) || Brands.Form(Folding.Fold(name)) is not null)
        )
        || (FigureEnd(line, at) is var end && end > at && end + 1 < line.Length && line[end] is ' ' or '-' && char.IsLetter(line[end + 1]));

    private static int FigureEnd(string line, int at)
    {
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            at++;
        }

        return at;
    }
}
