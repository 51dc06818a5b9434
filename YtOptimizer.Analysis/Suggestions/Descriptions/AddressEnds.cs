using System.Buffers;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Where a link ends to which the next line is glued. Ids of a known length and words of the language tell; a capital alone does
/// not, for ids and profiles have them, too.</summary>
internal static partial class AddressEnds
{
    private const int ShortId = 7;
    private const int LeastRun = 4;
    private const int LeastLabel = 3;
    private const int CountryCode = 2;
    private const int LongestLabel = 48;
    private static readonly SearchValues<char> NoLabel = SearchValues.Create(".!?,;。、");

    private static readonly (string Before, int Length)[] Ids =
    [
        ("youtu.be/", 11),
        ("youtube.com/watch?v=", 11),
        ("youtube.com/embed/", 11),
        ("youtube.com/shorts/", 11),
        ("list=PL", 32),
        ("youtube.com/channel/UC", 22),
        ("open.spotify.com/track/", 22),
        ("open.spotify.com/album/", 22),
        ("open.spotify.com/artist/", 22),
        ("goo.gl/", 6),
        ("amzn.to/", 7),
    ];

    private static readonly string[] ProfileHosts =
    [
        "instagram.",
        "facebook.",
        "twitter.",
        "tiktok.",
        "twitch.",
        "vk.com",
        "t.me",
        "soundcloud.",
        "patreon.",
        "youtube.com/c/",
        "youtube.com/user/",
        "youtube.com/@",
        "snapchat.",
        "pinterest.",
        "linkedin.",
        "github.",
    ];

    /// <returns>The end of the link proper, and whether more might be glued to it that cannot be told from it.</returns>
    public static (int End, bool Unsure) Find(string line, MarkupSpan span, GluedWords words)
    {
        var link = line[span.Start..span.End];
        if (link[^1] == ']')
        {
            return (span.End, false);
        }

        if (Mark(link) is var mark and > 0)
        {
            return (span.Start + mark, false);
        }

        if (IdEnd(line, span, link) is { } id)
        {
            return id;
        }

        var tail = TailStart(line, span);
        if (tail < 0)
        {
            return (span.End, false);
        }

        // "…/spotifyiTunes: …"
        if (Brands.Form(Folding.Fold(line[(tail - 1)..GluedWords.WordEnd(line, tail)])) is not null)
        {
            tail--;
            return GluedWords.LabelEnd(line, tail) > 0 || EndsHost(line, span, tail) ? (tail, false) : (span.End, true);
        }

        return IsNextLine(line, span, tail, words) ? (tail, false) : (span.End, IsWord(line, tail));
    }

    private static (int End, bool Unsure)? IdEnd(string line, MarkupSpan span, string link)
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
        return sure || link[end] == '#' || BeginsWord(line, next) ? (next, false) : (span.End, char.IsUpper(line[next]));
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
        return id.ContainsAnyInRange('A', 'Z') && id.ContainsAnyInRange('a', 'z') ? path : 0;
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

    // "Follow", "FOLLOW me", "In": a lone capital may be the last of a longer id.
    private static bool BeginsWord(string line, int at) =>
        !char.IsAscii(line[at]) || (char.IsUpper(line[at]) && GluedWords.WordEnd(line, at) - at >= 2);

    // Where the last word with a capital of its own begins within the link.
    private static int TailStart(string line, MarkupSpan span)
    {
        var host = line.IndexOf("://", span.Start, span.Length, StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : span.Start;
        for (var i = span.End - 1; i > host; i--)
        {
            if (line[i] is '/' or '?' or '=' or '&' or '%')
            {
                return -1;
            }

            var before = line[i - 1];
            var afterWord = char.IsLower(before) || char.IsDigit(before) || before is '-';
            var ends = i + 1 >= line.Length || !char.IsLetterOrDigit(line[i + 1]);
            if (
                char.IsUpper(line[i])
                && (afterWord || (char.IsUpper(before) && i + 1 < span.End && char.IsLower(line[i + 1])) || (before == '/' && i - 1 > host))
                && (!ends || afterWord)
            )
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsNextLine(string line, MarkupSpan span, int tail, GluedWords words)
    {
        var end = GluedWords.WordEnd(line, tail);
        if (end < span.End && line[end] is not ('-' or '\'' or ','))
        {
            return false;
        }

        var word = line[tail..end];
        var host = line.IndexOf("://", span.Start, span.Length, StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : span.Start;
        var path = line.IndexOf('/', host);
        var isHost = path < 0 || path >= tail;
        if (isHost)
        {
            // "example.comFollow": the end of a host is known; "example.maMy page: …" shows by the label.
            return word.Length > 1
                && (
                    EndsHost(line, span, tail)
                    || (
                        char.IsLower(line[tail + 1])
                        && GluedWords.LabelEnd(line, tail) > 0
                        && line.LastIndexOf('.', tail - 1, tail - host) == tail - CountryCode - 1
                    )
                );
        }

        var goesOn = end + 1 < line.Length && line[end] is ' ' or ':' or '\'' or '-' or ',';
        if (!goesOn)
        {
            return false;
        }

        if (line[tail - 1] == '/')
        {
            return words.IsFunction(word)
                || (words.IsCommon(word) && (GluedWords.BeginsPart(line, tail) || GluedWords.LabelEnd(line, tail) > end + 1));
        }

        var head = line[(line.LastIndexOf('/', tail - 1) + 1)..tail];
        var plain = !head.Any(char.IsUpper);
        var profile = Array.Exists(ProfileHosts, name =>
            line.IndexOf(name, span.Start, tail - span.Start, StringComparison.OrdinalIgnoreCase) >= 0
        );
        // "…/annleeInstagram: …", "…/annlee2Facebook Ann https://…"
        if (word.Length > LeastRun && !char.IsUpper(line[tail - 1]) && Brands.Form(Folding.Fold(word)) is not null)
        {
            return true;
        }

        if (word.Length >= LeastLabel && line[end] == ':')
        {
            return words.IsCommon(word)
                || GluedWords.BeginsPart(line, tail)
                || (word.Skip(1).All(char.IsLower) && NamesNextAddress(line, end, plain));
        }

        return words.StandsElsewhere(line, tail)
            || (word.Length > 1 && word.Skip(1).All(char.IsLower) && NamesNextAddress(line, end, plain))
            || (words.IsFunction(word) && (word.Length == 1 ? plain : char.IsLower(word[1]) || (plain && word.Length > LeastLabel)))
            || (word.Length >= LeastLabel && GluedWords.BeginsPart(line, tail) && words.IsCommon(word))
            || (plain && word.Length >= LeastRun && word.All(char.IsUpper) && words.IsCommon(word))
            || (
                plain
                && (!profile || head.All(char.IsDigit))
                && word.Length >= LeastLabel
                && (words.IsCommon(word) || words.Count(word) > 0)
            );
    }

    private static bool EndsHost(string line, MarkupSpan span, int tail)
    {
        var host = line.IndexOf("://", span.Start, span.Length, StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : span.Start;
        var dot = line.LastIndexOf('.', tail - 1, tail - host);
        return dot > 0 && Markup.IsTopLevel(line[(dot + 1)..tail]);
    }

    // "…/spotifyAmazon Music: https://…", "…/annleeRudi Maier | https://…", "…/TheBigShowFollow us: https://…": what names the next
    // address is no part of this one. Behind a path with capitals of its own the words have to go on in small letters.
    private static bool NamesNextAddress(string line, int end, bool plain)
    {
        var most = Math.Min(LongestLabel, line.Length - end);
        var next = line.AsSpan(end, most).IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (next < 1)
        {
            return false;
        }

        var label = line.AsSpan(end, next).TrimEnd();
        var separated = label.Length > 0 && label[^1] is ':' or '|' or '►' or '→' or '-' or '–' or '—';
        var name = label.TrimEnd(":|►→-–— ").Trim().ToString();
        return label.IndexOfAny(NoLabel) < 0
            && separated
            && (plain || (name.Length > 0 && char.IsLower(name[0]) && name[..(name + " ").IndexOf(' ')].All(char.IsLower)));
    }

    private static bool IsWord(string line, int tail)
    {
        var end = GluedWords.WordEnd(line, tail);
        return end - tail > 2 && end < line.Length && line[end] is ' ' or ':';
    }
}
