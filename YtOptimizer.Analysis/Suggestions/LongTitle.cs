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

    public static string Advice(Source source)
    {
        var title = source.SafeTitle.Trim();
        var steps = Steps(source, title);
        var hidden =
            FormattableString.Invariant($"Title: search results show about {Shown} of its {Graphemes.DisplayWidth(title)} columns, ")
            + $"so that nothing from “{TitleChecks.HiddenFrom(title)}” on is read there.";
        return steps.Count == 0 ? $"{hidden} {Kept(source, title)}" : $"{hidden} {Casing.Capitalize(string.Join("; ", steps), "en")}.";
    }

    // Where nothing can be told that is surely dispensable: what has to stay in sight.
    private static string Kept(Source source, string title)
    {
        var subjects = SureSubjects.Of(source, title);
        var late = subjects.Find(subject => subject.ColumnIn(title) + Graphemes.DisplayWidth(subject.Text) > Shown).Text;
        return late is { Length: > 0 } ? $"If people search for “{late}”, bring it before that; else shorten what stands before it."
            : subjects.Count > 0 ? $"“{subjects[0].Text}” is seen; move what nobody searches for into the first line of the description."
            : "Move what nobody searches for into the first line of the description.";
    }

    /// <summary>Whether a part of a title holds what people may search for or what tells this video from others: a tag, a name, a number, a
    /// date.</summary>
    public static bool IsNeeded(Source source, string text) =>
        text.Any(char.IsDigit)
        || source
            .Tokens(text)
            .Exists(token =>
                !token.IsStop
                && !PromisedWords.IsForm(source, token.Folded)
                && !TitleParser.IsQualifier(token.Folded)
                && (
                    source.IsNamed(token.Folded)
                    || source.TagWords.Contains(token.Folded)
                    || (token.Has(TokenFlags.Capitalized) && !source.IsEveryday(token.Folded))
                )
            );

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
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        foreach (
            var name in segments
                .Where(segment => segment.Role == SegmentRole.Channel)
                .Select(segment => segment.Text.Split('#')[0].Trim())
                .Where(name => channel.Contains(Folding.Fold(name), StringComparison.Ordinal))
        )
        {
            steps.Add($"take out “{name}”, the channel's name, which stands under the title anyway");
        }

        var subject = segments.FindIndex(segment => segment.Role is SegmentRole.Topic or SegmentRole.Person);
        foreach (var segment in segments.Take(Math.Max(0, subject)))
        {
            // A long label says what happens itself, and people search for one that is a tag ("ASMR").
            if (segment.Role == SegmentRole.Label && (Graphemes.DisplayWidth(segment.Text) > ShortLabel || IsTagged(source, segment.Text)))
            {
                continue;
            }

            if (Outcries.Is(segment.Text))
            {
                steps.Add($"take out “{segment.Text}”, which says nothing of the video");
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
            && !IsNeeded(source, last)
            && Graphemes.DisplayWidth(title) - Graphemes.DisplayWidth(last) <= Shown + 5
        )
        {
            return [$"take out “{last}” and say it in the first line of the description"];
        }

        return !searched && EndOfClause(source, title) is { } end
            ? [$"let it end after “{end}” and say the rest in the first line of the description"]
            : [];
    }

    private static bool IsTagged(Source source, string text) => source.TagKeys.Contains(Folding.Fold(text).Trim('[', ']', '【', '】', ' '));

    // The last words before the last end of a sentence or part that is still shown; null where none leaves enough, or where the rest holds
    // what people may search for.
    private static string? EndOfClause(Source source, string title)
    {
        for (var i = title.Length - 2; i > title.Length / 4; i--)
        {
            if (
                (
                    title[i] is '.' or '!' or '?' && title[i + 1] == ' ' && !IsInBrackets(title, i)
                    || title[i] is '。' or '！' or '？' or '|' or '｜'
                )
                && !IsNeeded(source, title[(i + 1)..])
                && Graphemes.DisplayWidth(title[..i]) is <= Shown and >= Shown / 2
            )
            {
                var words = title[..(title[i] is '!' or '?' ? i + 1 : i)].Trim().Split(' ');
                return string.Join(' ', words[^Math.Min(3, words.Length)..]).Trim('|', '｜', '-', ' ');
            }
        }

        return null;
    }

    private static bool IsInBrackets(string title, int at) =>
        title.AsSpan(0, at).LastIndexOfAny('(', '[', '【') > title.AsSpan(0, at).LastIndexOfAny(')', ']', '】');
}
