using System.Buffers;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

internal enum LineKind
{
    Blank,
    Prose,

    /// <summary>Holds a link, an address or a mention.</summary>
    Link,

    /// <summary>Credit, disclosure or licence.</summary>
    Credit,
    Chapter,
    Hashtags,
}

internal readonly record struct DescriptionLine(string Text, LineKind Kind);

/// <summary>A description by lines and what each is for.</summary>
internal static class DescriptionLines
{
    private const int LongestMark = 32;

    private static readonly string[] Disclosures = ["#ad", "#publi", "#publicidad", "#publicidade", "#pubblicità", "#pr"];

    private static readonly SearchValues<string> CreditMarks = SearchValues.Create(
        [
            "©",
            "(c)",
            "℗",
            "®",
            "copyright",
            "licen",
            "lizenz",
            "лиценз",
            "creative commons",
            "cc by",
            "cc-by",
            "cc0",
            "public domain",
            "fair use",
            "royalty",
            "sponsor",
            "patrocin",
            "affiliate",
            "afiliad",
            "affili",
            "partnerlink",
            "partenariat",
            "werbung",
            "anzeige",
            "реклам",
            "спонсор",
            "партнёр",
            "партнер",
            "paid promotion",
            "includes paid",
            "commission",
            "gesponsert",
            "credits",
            "crédit",
            "credito",
            "crédito",
            "directed",
            "director",
            "diretor",
            "réalis",
            "regie",
            "режисс",
            "produced",
            "producer",
            "produc",
            "produzent",
            "продюсер",
            "composed",
            "composer",
            "compos",
            "music by",
            "music:",
            "música:",
            "musique",
            "musik:",
            "музык",
            "song:",
            "track:",
            "lyrics by",
            "letra:",
            "written by",
            "edited by",
            "editor:",
            "editing",
            "filmed by",
            "camera",
            "câmera",
            "оператор",
            "монтаж",
            "photograph",
            "mixed by",
            "mastered",
            "prod.",
            "feat.",
            "cast:",
            "starring",
            "thanks to",
            "special thanks",
            "disclaimer",
            "disclosure",
            "제공",
            "협찬",
            "광고",
            "저작권",
            "음악",
            "작곡",
            "작사",
            "감독",
            "提供",
            "著作",
            "音楽",
            "作曲",
            "作詞",
            "編曲",
            "監督",
            "素材",
            "曲名",
            "版权",
            "版權",
            "赞助",
            "贊助",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    public static List<DescriptionLine> Split(string description)
    {
        var lines = new List<DescriptionLine>();
        foreach (var line in description.Split('\n'))
        {
            lines.Add(new DescriptionLine(line, Classify(line)));
        }

        return lines;
    }

    public static LineKind Classify(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return LineKind.Blank;
        }

        var markup = Markup.Find(line);
        var hashtags = 0;
        var hashtagCharacters = 0;
        foreach (var span in markup)
        {
            if (span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Mention)
            {
                return LineKind.Link;
            }

            if (span.Kind == MarkupKind.Hashtag)
            {
                hashtags++;
                hashtagCharacters += span.Length;
            }
        }

        if (IsCredit(line))
        {
            return LineKind.Credit;
        }

        if (ChapterList.ParseLine(line) is not null)
        {
            return LineKind.Chapter;
        }

        return hashtags > 0 && hashtagCharacters >= line.Count(c => !char.IsWhiteSpace(c) && c != ',') - 2
            ? LineKind.Hashtags
            : LineKind.Prose;
    }

    public static bool IsCredit(string line) =>
        LongSearch.ContainsAny(line, CreditMarks, LongestMark)
        || (line.Contains('#', StringComparison.Ordinal) && Array.Exists(Disclosures, hashtag => HasHashtag(line, hashtag)));

    // "#ad" is a disclosure, "#adventure" none.
    private static bool HasHashtag(string line, string hashtag)
    {
        for (var at = -1; (at = line.IndexOf(hashtag, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0; )
        {
            if (at + hashtag.Length == line.Length || !char.IsLetterOrDigit(line[at + hashtag.Length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Text without links, addresses, mentions, time stamps and hashtags.</summary>
    public static string Prose(string text)
    {
        var output = new System.Text.StringBuilder(text.Length);
        var position = 0;
        foreach (var span in Markup.Find(text))
        {
            output.Append(text, position, span.Start - position);
            position = span.End;
        }

        return output.Append(text, position, text.Length - position).ToString();
    }
}
