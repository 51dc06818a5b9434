namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// What shows by itself that a link is over.
internal static partial class AddressEnds
{
    private const char LastLatin = '\u024F';
    private static readonly string[] FileTypes = [".pdf", ".html", ".htm", ".php", ".aspx", ".jpg", ".png", ".mp3", ".zip"];

    private static int Mark(string link) =>
        Rule(link) is var rule and > 0 ? rule
        : Dots(link) is var dots and > 0 ? dots
        : FileEnd(link) is var file and > 0 ? file
        : Notice(link) is var notice and > 0 ? notice
        : Hashtag(link) is var hashtag and > 0 ? hashtag
        : OtherScript(link);

    // "https://example.com/(C) 2018"
    private static int Notice(string link) =>
        link.EndsWith("(C)", StringComparison.OrdinalIgnoreCase) || link.EndsWith("(P)", StringComparison.OrdinalIgnoreCase)
            ? link.Length - 3
        : link[^1] is '©' or '℗' ? link.Length - 1
        : 0;

    // "https://www.youtube.com/annlee#lion#zoo": the channels of YouTube have no places to jump to.
    private static int Hashtag(string link) =>
        link.IndexOf('#', StringComparison.Ordinal) is var at and > 0
        && at + 1 < link.Length
        && char.IsLetter(link[at + 1])
        && (link.IndexOf('#', at + 1) > 0 || link.Contains("youtube.com/", StringComparison.OrdinalIgnoreCase) || IsHostAlone(link, at))
            ? at
            : 0;

    private static int TagIn(string link) =>
        link.IndexOf('#', StringComparison.Ordinal) is var at and > 0 && at + 1 < link.Length && char.IsLetter(link[at + 1]) ? at : 0;

    private static bool IsHostAlone(string link, int end) =>
        link.IndexOf("://", StringComparison.Ordinal) is var scheme
        && link.IndexOf('/', scheme < 0 ? 0 : scheme + 3) is var slash
        && (slash < 0 || slash > end);

    // A link that YouTube shortened ends with its dots.
    private static int Dots(string link) =>
        link.IndexOf("...", StringComparison.Ordinal) is var dots and > 0 && dots + 3 < link.Length && char.IsUpper(link[dots + 3])
            ? dots + 3
            : 0;

    // "https://example.com/shop-----Follow", "https://example.com/shop- Follow: …"
    private static int Rule(string link)
    {
        var start = link.IndexOf("://", StringComparison.Ordinal) + 3;
        for (var i = Math.Max(start, 1); i < link.Length; i++)
        {
            if (link[i] is '-' or '_' or '=' or '*' or '~' or '+' && link.Length - i >= LeastRun && Same(link, i) >= LeastRun)
            {
                return i;
            }
        }

        return link.Length > start + 1 && link[^1] is '-' or '*' or '+' && char.IsLetterOrDigit(link[^2]) ? link.Length - 1 : 0;
    }

    // "https://example.com/paper.pdfRead more"
    private static int FileEnd(string link)
    {
        foreach (var type in FileTypes)
        {
            if (
                link.IndexOf(type, StringComparison.Ordinal) is var at and > 0
                && at + type.Length + 1 < link.Length
                && char.IsUpper(link[at + type.Length])
                && char.IsLower(link[at + type.Length + 1])
            )
            {
                return at + type.Length;
            }
        }

        return 0;
    }

    // "https://example.com/annПодписаться": a path does not go on in another script in the middle of a word.
    private static int OtherScript(string link)
    {
        for (var i = link.IndexOf("://", StringComparison.Ordinal) + 4; i < link.Length; i++)
        {
            if (
                link[i] > LastLatin
                && char.IsUpper(link[i])
                && (char.IsAsciiLetterOrDigit(link[i - 1]) || (link[i - 1] == '/' && IsWordAlone(link, i)))
            )
            {
                return i;
            }
        }

        return 0;
    }

    // "https://example.com/Друзья, …" behind the last slash, but not in a page of an encyclopaedia.
    private static bool IsWordAlone(string link, int at)
    {
        for (var i = at; i < link.Length; i++)
        {
            if (!char.IsLetter(link[i]))
            {
                return false;
            }
        }

        return !link.Contains("wiki", StringComparison.OrdinalIgnoreCase);
    }

    // With the letters of Azerbaijani ("ə") and Vietnamese.
    private static bool IsLatin(char c) => c is <= '\u02AF' or (>= '\u1E00' and <= '\u1EFF');

    private static int Same(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == text[at])
        {
            end++;
        }

        return end - at;
    }
}
