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
    private static readonly SearchValues<char> Opens = SearchValues.Create("\"“«&:");
    private static readonly SearchValues<char> NoLabel = SearchValues.Create(".!?,;。、");

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

    // Hosts of short links, which may carry a name of the creator's choice.
    private static readonly string[] Shorteners =
    [
        "bit.ly/",
        "lnk.to/",
        "tinyurl.com/",
        "spr.ly/",
        "smarturl.it/",
        "goo.gl/",
        "amzn.to/",
        "ffm.to/",
        "fanlink.to/",
        "orcd.co/",
        "cutt.ly/",
        "rebrand.ly/",
        "clck.ru/",
        "vk.cc/",
    ];

    /// <returns>The end of the link proper, and whether more might be glued to it that cannot be told from it.</returns>
    public static (int End, bool Unsure) Find(string line, MarkupSpan span, GluedWords words)
    {
        var link = line[span.Start..span.End];
        if (link[^1] == ']')
        {
            return (span.End, false);
        }

        // "…/lion#zoo #tiger": the next one is a hashtag, so this is one.
        if (span.End + 1 < line.Length && line[span.End] == ' ' && line[span.End + 1] == '#' && TagIn(link) is var tag and > 0)
        {
            var (end, _) = Body(line, span with { Length = tag }, words);
            return (Math.Min(end, span.Start + tag), false);
        }

        // What a sign ends may hold a word of the next line, too ("…/2aBcDeFMore- https://…").
        if (Mark(link) is var mark and > 0)
        {
            var (end, _) = Body(line, span with { Length = mark }, words);
            return (Math.Min(end, span.Start + mark), false);
        }

        return Body(line, span, words);
    }

    private static (int End, bool Unsure) Body(string line, MarkupSpan span, GluedWords words)
    {
        var link = line[span.Start..span.End];
        if (IdEnd(line, span, link, words) is { } id)
        {
            return id;
        }

        // A letter of another script right behind: the link is over.
        var tail = TailStart(line, span);
        if (tail < 0 || (span.End < line.Length && char.IsLetter(line[span.End]) && !IsLatin(line[span.End])))
        {
            return (span.End, false);
        }

        // "…/spotifyiTunes: …"
        if (Brands.Form(Folding.Fold(line[(tail - 1)..GluedWords.WordEnd(line, tail)])) is not null)
        {
            tail--;
            return GluedWords.LabelEnd(line, tail) > 0 || EndsHost(line, span, tail) ? (tail, false) : (span.End, true);
        }

        return IsNextLine(line, span, tail, words)
            ? (tail, false)
            : (span.End, IsWord(line, tail) && !TurnsScript(line, GluedWords.WordEnd(line, tail)));
    }

    // "…/AnnLee Подписывайтесь"
    private static bool TurnsScript(string line, int end) =>
        end + 1 < line.Length && line[end] == ' ' && char.IsUpper(line[end + 1]) && line[end + 1] > LastLatin && line[end - 1] <= LastLatin;

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
        if (end < span.End && line[end] is not ('-' or '\'' or '’' or ','))
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

        var goesOn = end + 1 < line.Length && line[end] is ' ' or ':' or '\'' or '’' or '-' or ',';
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
        // No name in an address has letters such as "ə" and "ş".
        if (
            head.Length >= LeastLabel
            && (plain || profile)
            && head.All(char.IsAscii)
            && word.Length >= LeastLabel
            && word.Any(c => !char.IsAscii(c))
        )
        {
            return true;
        }

        // "…/annleeInstagram: …", "…/annlee2Facebook Ann https://…"
        if (word.Length > LeastRun && !char.IsUpper(line[tail - 1]) && Brands.Form(Folding.Fold(word)) is not null)
        {
            return true;
        }

        // "bit.ly/lionSubscription ► Follow": a bullet behind a word begins the next line, and the word is a part of the link, unless it
        // names the next one ("…/lionBear - https://…").
        if (line[end] == ' ' && end + 1 < line.Length && !char.IsLetterOrDigit(line[end + 1]) && !Opens.Contains(line[end + 1]))
        {
            return NamesNextAddress(line, end, plain)
                || line.AsSpan(end).TrimStart(" -–—|►→:").StartsWith("http", StringComparison.Ordinal);
        }

        if (word.Length >= LeastLabel && line[end] == ':')
        {
            return words.IsCommon(word)
                || GluedWords.BeginsPart(line, tail)
                || (word.Skip(1).All(char.IsLower) && NamesNextAddress(line, end, plain));
        }

        return words.StandsElsewhere(line, tail)
            || (word.Length > 1 && word.Skip(1).All(char.IsLower) && NamesNextAddress(line, end, plain))
            || (
                words.IsFunction(word)
                && (plain || char.IsUpper(line[tail - 1]) || !IsShortened(line, span))
                && (word.Length == 1 ? plain : char.IsLower(word[1]) || (plain && word.Length > LeastLabel))
            )
            || (word.Length >= LeastLabel && GluedWords.BeginsPart(line, tail) && words.IsCommon(word))
            || (plain && word.Length >= LeastRun && word.All(char.IsUpper) && words.IsCommon(word))
            || (
                plain
                && (!profile || head.All(char.IsDigit))
                && word.Length >= LeastLabel
                && (words.IsCommon(word) || words.Count(word) > 0)
            );
    }

    // Short links that somebody chose are written in words with capitals ("bit.ly/LookAtThis").
    private static bool IsShortened(string line, MarkupSpan span) =>
        Array.Exists(Shorteners, host => line.AsSpan(span.Start, span.Length).Contains(host, StringComparison.OrdinalIgnoreCase));

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
