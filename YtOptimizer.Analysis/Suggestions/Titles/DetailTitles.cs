using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The present title with the one detail that the description states and viewers of the kind look for: a film's start, a song's
/// album.</summary>
internal sealed partial class DetailTitles(Source source, TitleShape shape, string present)
{
    private const double Sure = 0.6;
    private const int Widest = 80;
    private const int Read = 1500;
    private readonly string code = source.Language.Code;

    public IEnumerable<TitleDraft> Write()
    {
        if (source.Kind.Confidence < Sure)
        {
            return [];
        }

        return (
            source.Kind.About switch
            {
                VideoKind.Trailer => [Release()],
                VideoKind.Music or VideoKind.Performance => new[] { Album() },
                _ => [],
            }
        ).OfType<TitleDraft>();
    }

    // "In theaters November 21", "2018年12月7日公開", "11월 28일 개봉": as the description writes it.
    private TitleDraft? Release()
    {
        var text = Graphemes.Take(source.SafeDescription, Read);
        var title = Folding.Fold(present);
        var match = ReleaseDay().Matches(text).FirstOrDefault(IsDay) ?? AsianReleaseDay().Match(text);
        var day = match.Success ? TextCleaner.Tidy(match.Value) : "";
        if (match.Groups["jp"] is { Success: true } labelled)
        {
            day = labelled.Value + "公開";
        }

        return day.Length is < 5 or > 45 || title.Contains(Folding.Fold(day), StringComparison.Ordinal)
            ? null
            : Draft(
                code is "ja" or "zh" ? $"{present}（{day}）" : $"{Open(present)} | {Casing.Capitalize(day, code)}",
                0.79,
                $"Adds the start, “{day}”: what viewers of a trailer want to know next."
            );
    }

    private static bool IsDay(Match match) =>
        (match.Groups["month"] is not { Success: true } month || TitleParser.IsMonth(Folding.Fold(month.Value)))
        // "le 5 avril" alone is any day.
        && (
            !match.Value.StartsWith("le ", StringComparison.OrdinalIgnoreCase)
            || match.Value.EndsWith("cinéma", StringComparison.OrdinalIgnoreCase)
        );

    // From the album of the description, where it is quoted or plainly a name.
    private TitleDraft? Album()
    {
        if (!TwoParts().IsMatch(present) || present.AsSpan().IndexOfAny('|', '｜') >= 0)
        {
            return null;
        }

        var match = FromAlbum().Match(Graphemes.Take(source.SafeDescription, Read));
        var album = match.Success ? TextCleaner.Tidy(match.Groups["name"].Value).Trim('.', ' ', '-') : "";
        return album.Length is < 2 or > 32 || Folding.Fold(present).Contains(Folding.Fold(album), StringComparison.Ordinal)
            ? null
            : Draft(
                $"{Open(present)} | {album}",
                0.68,
                $"Adds the album, “{album}”, which fans search for; artist and track stay as they are."
            );
    }

    private TitleDraft? Draft(string text, double value, string better) =>
        Graphemes.DisplayWidth(text) <= Widest + 12 && shape.Finish(text) is { } finished
            ? new TitleDraft(finished, TitleApproach.Detail, better, value)
            : null;

    private static string Open(string title) => title.TrimEnd('!', '！', '.', ' ');

    // A month is any word here and looked up afterwards: with all names of months in it the pattern grows to a method that takes seconds
    // to compile on a busy machine.
    private const string Month = @"(?<month>\p{L}{3,10})";

    [GeneratedRegex(
        @"(?:(?:only in |now in |in )?(?:theaters|theatres|cinemas|select theaters)(?: everywhere| nationwide)? (?:on )?(?:"
            + Month
            + @"\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{1,2} "
            + Month
            + @"(?: \d{4})?)|ab (?:dem )?\d{1,2}\.(?: "
            + Month
            + @"(?: \d{4})?|\d{1,2}\.(?:\d{2,4})?) (?:nur )?im kino|(?:au cinéma (?:dès )?)?le \d{1,2}(?:er)? "
            + Month
            + @"(?: \d{4})?(?: au cinéma)?|(?:en cines|solo en cines|estreno)(?: el)? \d{1,2} de "
            + Month
            + @"(?: de \d{4})?|\d{1,2} de "
            + Month
            + @" nos cinemas|nos cinemas(?: em)? \d{1,2} de "
            + Month
            + @"(?: de \d{4})?|dal(?:l')? ?\d{1,2} "
            + Month
            + @"(?: \d{4})? al cinema|в кино с \d{1,2} "
            + Month
            + @"(?: \d{4})?|(?:с )?\d{1,2} "
            + Month
            + @" в кино|w kinach od \d{1,2} "
            + Month
            + @"(?: \d{4})?|\d{1,2} "
            + Month
            + @"(?:'t[ae])? sinemalarda)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex ReleaseDay();

    [GeneratedRegex(
        @"(?:公開日?[：:]\s?(?<jp>(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[（(][月火水木金土日・祝]+[）)])?))|"
            + @"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[（(][月火水木金土日・祝]+[）)])?\s?(?:全国)?(?:公開|ロードショー|上映|上映开始)|"
            + @"\d{1,2}월\s?\d{1,2}일\s?(?:대)?개봉",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex AsianReleaseDay();

    [GeneratedRegex(
        @"(?:(?:from|off) (?:the |his |her |their |our |my )?(?:new |debut |latest |upcoming |first |second |"
            + @"third |forthcoming )*(?:album|EP|mixtape)|(?:del|de su|de mi) (?:nuevo |primer )?(?:álbum|disco|EP)|"
            + @"(?:do|do seu|do novo) (?:novo )?(?:álbum|disco|EP|DVD)|(?:extrait de |issu de )?l'album|dall'album|"
            + @"aus (?:dem|seinem|ihrem) (?:neuen )?album|из (?:нового )?альбома|z (?:płyty|"
            + @"albumu))[\s,:–-]{1,4}(?:(?<open>[\u0022'“‘«„])(?<name>[^\u0022'“”‘’«»„\n]{2,32})[\u0022'”’»“])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex FromAlbum();

    [GeneratedRegex(@"^[^-–—|]{2,50}\s[-–—]\s[^-–—|]{2,}", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex TwoParts();
}
