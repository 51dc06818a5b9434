using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Which words of a title that is cut in search results can go or stand elsewhere.</summary>
internal static class LongTitle
{
    private const int Shown = 65;
    private const int ShortLabel = 12;
    private const int ShortLead = 26;
    private const int Quoted = 40;
    private const int MostBeside = 6;

    public static string Advice(Source source)
    {
        var title = source.SafeTitle.Trim();
        var steps = Steps(source, title);
        var hidden =
            FormattableString.Invariant($"Title: search results show about {Shown} of its {Graphemes.DisplayWidth(title)} columns, ")
            + $"so that nothing from “{TitleChecks.HiddenFrom(title)}” on is read there.";
        return steps.Count == 0
            ? $"{hidden} Shorten it, or let nothing stand there that people have to know."
            : $"{hidden} {Casing.Capitalize(string.Join("; ", steps), "en")}.";
    }

    private static List<string> Steps(Source source, string title)
    {
        var segments = TitleSegments.Split(TextCleaner.Tidy(title), source);
        var steps = new List<string>();
        var hashtags = Markup
            .Find(title)
            .Where(span => span.Kind == MarkupKind.Hashtag)
            .Select(span => title.Substring(span.Start, span.Length))
            .ToList();
        if (hashtags.Count > 0)
        {
            steps.Add($"move {string.Join(' ', hashtags)} to the end of the description");
        }

        // A part that says more than the name holds guests or a show.
        foreach (
            var segment in segments.Where(segment =>
                segment.Role == SegmentRole.Channel && segment.Text.Length <= (source.Input.ChannelTitle?.Length ?? 0) + MostBeside
            )
        )
        {
            steps.Add($"take out “{segment.Text}”, the channel's name, which stands under the title anyway");
        }

        var subject = segments.FindIndex(segment => segment.Role is SegmentRole.Topic or SegmentRole.Person);
        foreach (var segment in segments.Take(Math.Max(0, subject)))
        {
            // A long label says what happens itself, and people search for one that is a tag ("ASMR").
            if (segment.Role == SegmentRole.Label && (Graphemes.DisplayWidth(segment.Text) > ShortLabel || IsTagged(source, segment.Text)))
            {
                continue;
            }

            if (segment.Role is SegmentRole.Series or SegmentRole.Episode or SegmentRole.Date or SegmentRole.Label or SegmentRole.Qualifier)
            {
                steps.Add($"put “{segment.Text}” last: first stands what happens, “{Graphemes.TakeWords(segments[subject].Text, Quoted)}”");
            }
        }

        if (steps.Count > 0)
        {
            return steps;
        }

        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 2 && Graphemes.DisplayWidth(title[..colon]) <= ShortLead)
        {
            return [$"if “{title[..colon].Trim()}” is the name of a series, put it last; else shorten what follows it"];
        }

        // The parts of a song's or film's title are what people search: artist, song, cast.
        var searched = source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer;
        var last = segments.Count > 1 && !searched ? segments[^1].Text : "";
        if (
            last.Length > 0
            && Graphemes.DisplayWidth(last) <= Quoted
            && segments[^1].Role is not (SegmentRole.Date or SegmentRole.Episode)
            && !last.Any(char.IsAsciiDigit)
            && Graphemes.DisplayWidth(title) - Graphemes.DisplayWidth(last) <= Shown + 5
        )
        {
            return [$"take out “{last}” and say it in the first line of the description"];
        }

        return EndOfClause(title) is { } end ? [$"let it end after “{end}” and say the rest in the first line of the description"] : [];
    }

    private static bool IsTagged(Source source, string text) => source.TagKeys.Contains(Folding.Fold(text).Trim('[', ']', '【', '】', ' '));

    // The last words before the last end of a clause that is still shown; null where none leaves enough.
    private static string? EndOfClause(string title)
    {
        for (var i = title.Length - 2; i > title.Length / 4; i--)
        {
            if (
                (
                    title[i] is ',' or '.' or '!' or '?' or ';' && title[i + 1] == ' '
                    || title[i] is '。' or '！' or '？' or '、' or '|' or '｜'
                ) && Graphemes.DisplayWidth(title[..i]) is <= Shown and >= Shown / 2
            )
            {
                var words = title[..(title[i] is '!' or '?' ? i + 1 : i)].Trim().Split(' ');
                return string.Join(' ', words[^Math.Min(3, words.Length)..]).Trim('|', '｜', '-', ' ');
            }
        }

        return null;
    }
}
