using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The parts of the present title in the order of their use: subject first, series and episode behind, channel and hashtags
/// left out. No word changes, so that the grammar stays the creator's.</summary>
internal sealed partial class ReorderedTitles(Source source, TitleShape shape, string present)
{
    private const int FewestWords = 4;
    private const int FewestColumns = 20;

    // Up to here search results show the whole title: what stands where makes no difference.
    private const int Roomy = 65;
    private const int ShortestShow = 8;
    private const int MostBehind = 2;
    private const int MostShown = 4;
    private readonly string code = source.Language.Code;
    private readonly List<TitleSegment> segments = TitleSegments.Split(present, source);

    public IEnumerable<TitleDraft> Write()
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer || segments.Count > 6 || Shouts())
        {
            yield break;
        }

        if (source.Kind.About == VideoKind.Sports || segments.Count < 2)
        {
            var only = segments.Count < 2 ? ColonSwapped() : HeadlineFirst();
            if (only is not null)
            {
                yield return only;
            }

            yield break;
        }

        foreach (var draft in new[] { GuestFirst(), SubjectFirst(), Shortened() }.OfType<TitleDraft>())
        {
            yield return draft;
        }
    }

    // "10 silly questions | Jane Roe" → "Jane Roe: 10 silly questions".
    private TitleDraft? GuestFirst()
    {
        var people = segments.Where(segment => segment.Role == SegmentRole.Person).ToList();
        if (
            source.Kind.About != VideoKind.Interview
            || people.Count != 1
            || segments[0].Role != SegmentRole.Topic
            || segments[0].Text.Contains(':', StringComparison.Ordinal)
        )
        {
            return null;
        }

        var behind = Behind(
            segments.Skip(1).Where(segment => segment.Role is SegmentRole.Series or SegmentRole.Episode or SegmentRole.Topic)
        );
        var name = people[0].Text;
        return shape.Finish($"{name}{(code == "fr" ? " : " : ": ")}{Calm(segments[0].Text)}{behind}") is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Reordered,
                $"The guest stands first: viewers of interviews look for “{name}”, and search results cut the end.",
                0.76
            )
            : null;
    }

    // "Home 1-2 Away | What happened | Cup" → "What happened | Home 1-2 Away | Cup".
    private TitleDraft? HeadlineFirst()
    {
        if (
            segments.Count < 2
            || !Result().IsMatch(segments[0].Text)
            || segments[1] is not { Role: SegmentRole.Topic, Text: var headline }
            || headline.Any(char.IsDigit)
            || TitleParser.IsQualifier(Folding.Fold(headline))
            || KindConventions
                .Terms(VideoKind.Sports, code)
                .Any(term => Folding.Fold(headline).Contains(Folding.Fold(term), StringComparison.Ordinal))
            || source.Tokens(headline).Count < FewestWords
        )
        {
            return null;
        }

        return shape.Finish(Calm(headline) + Behind([segments[0], .. segments.Skip(2)])) is { } text
            ? new TitleDraft(text, TitleApproach.Reordered, "Begins with what happened; the result and the competition follow.", 0.74)
            : null;
    }

    // "Game: what happens" → "What happens | Game"; a name before a colon is the channel's or series' heading.
    private TitleDraft? ColonSwapped()
    {
        if (
            source.Kind.About is VideoKind.Talk or VideoKind.Tutorial or VideoKind.Recipe or VideoKind.Sports
            || Graphemes.DisplayWidth(present) <= Roomy
            || Colon().Match(present) is not { Success: true } match
        )
        {
            return null;
        }

        var name = match.Groups["name"].Value.Trim();
        var rest = match.Groups["rest"].Value.Trim();
        // "Pumpkin Girl: An Animated Story": what begins with a little word says more of the name and needs it before it.
        var first = source.Tokens(rest) is [{ IsStop: false } token, ..] ? rest[token.Start] : ' ';
        return
            (source.TagKeys.Contains(Folding.Fold(name)) || TitleSegments.IsChannel(name, source))
            && IsSubject(rest)
            && (char.IsUpper(first) || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(rest))))
            && shape.Finish(Calm(rest) + Behind([new TitleSegment(name, SegmentRole.Series)])) is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Reordered,
                $"Begins with what happens; “{name}” is behind it, because search results and phones show only the beginning.",
                0.7
            )
            : null;
    }

    // What the channel or the tags name, too, stands on other videos as well; a hook does not.
    private bool IsShared(TitleSegment segment) =>
        segment.Role is SegmentRole.Channel or SegmentRole.Label
        || source.TagKeys.Contains(Folding.Fold(segment.Text))
        || Folding.Fold(source.Input.ChannelTitle ?? "").Contains(Folding.Fold(segment.Text), StringComparison.Ordinal);

    private TitleDraft? SubjectFirst()
    {
        var topic = segments.FindIndex(segment => segment.Role is SegmentRole.Topic && IsSubject(segment.Text));
        if (topic <= 0 || source.Kind.About == VideoKind.Gaming || segments[topic].Text[0] is '#' or '＃')
        {
            return null;
        }

        var before = segments[..topic];
        // Words in brackets at the front are how viewers of East Asian channels tell series and guests: only an outcry goes.
        if (
            before.Exists(segment => segment.Role == SegmentRole.Label && !Outcries.Is(segment.Text))
            || (!IsCut && !before.TrueForAll(IsHeading))
            || IsTranslation(before[0].Text, segments[topic].Text)
            || (!IsCut && !IsShared(before[0]))
        )
        {
            return null;
        }

        if (before.Exists(segment => segment.Role is SegmentRole.Topic or SegmentRole.Person or SegmentRole.Qualifier))
        {
            return null;
        }

        // A label that is left here is a call for attention.
        var kept = before
            .Where(segment =>
                segment.Role is SegmentRole.Series or SegmentRole.Episode
                || (segment.Role == SegmentRole.Channel && (!IsCut || !IsChannelWhole(segment.Text)))
            )
            .ToList();
        var after = segments.Skip(topic + 1).Where(segment => segment.Role is not (SegmentRole.Hashtag or SegmentRole.Channel));
        var behind = Behind(kept.Concat(after));
        var moved = before[0].Text;
        var gone = kept.Count == 0 ? "left out" : "behind it";
        return shape.Finish(Calm(segments[topic].Text) + behind) is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Reordered,
                IsCut
                    ? $"Begins with what happens; “{moved}” is {gone}, because search results and phones show only the beginning."
                    : $"Begins with what happens in this video instead of “{moved}”, which "
                        + $"{(before[0].Role == SegmentRole.Label ? "says nothing about it" : "all of them share")}.",
                IsCut ? 0.74 : 0.7
            )
            : null;
    }

    // Without what YouTube shows beside the title anyway: the channel's name, hashtags, and a date beside an episode's number.
    private TitleDraft? Shortened()
    {
        var first = segments[0];
        var hasEpisode = segments.Exists(segment => segment.Role == SegmentRole.Episode);
        var dropped = segments
            .Where(segment =>
                segment.Role is SegmentRole.Hashtag
                || (segment.Role == SegmentRole.Channel && IsChannelWhole(segment.Text))
                || (segment.Role == SegmentRole.Date && hasEpisode)
            )
            .ToList();
        // The station after the show's own name says nothing more.
        var channel = segments.FindIndex(segment => dropped.Contains(segment) && segment.Role == SegmentRole.Channel);
        if (channel > 0)
        {
            dropped.AddRange(
                segments.Skip(channel + 1).Where(segment => segment.Role == SegmentRole.Topic && source.Tokens(segment.Text).Count <= 3)
            );
        }

        if (
            dropped.Count == 0
            || first.Role is not (SegmentRole.Topic or SegmentRole.Series or SegmentRole.Person)
            || Graphemes.DisplayWidth(present) < Roomy
        )
        {
            return null;
        }

        var kept = segments.Except(dropped).ToList();
        var shown = hasEpisode && kept.Count is > 1 and <= MostShown && Graphemes.DisplayWidth(kept[0].Text) >= ShortestShow;
        return
            kept.Count > 0
            && (IsSubject(kept[0].Text) || shown)
            && shape.Finish(Calm(kept[0].Text) + Behind(kept.Skip(1), shown ? MostShown : MostBehind)) is { } text
            ? new TitleDraft(
                text,
                TitleApproach.Shortened,
                $"Without {string.Join(" and ", dropped.Take(2).Select(segment => $"“{segment.Text}”"))}, which YouTube shows anyway: "
                    + "what is left is read in full.",
                0.66
            )
            : null;
    }

    private static bool IsHeading(TitleSegment segment) =>
        segment.Role is SegmentRole.Label or SegmentRole.Series or SegmentRole.Channel
        || (segment.Role == SegmentRole.Episode && segment.Text.Contains(' ', StringComparison.Ordinal));

    private bool IsCut => Graphemes.DisplayWidth(present) > Roomy;

    // The same in two scripts, side by side.
    private static bool IsTranslation(string a, string b)
    {
        var (one, other) = (Scripts.OfFirst(Folding.Fold(a)), Scripts.OfFirst(Folding.Fold(b)));
        return one != other && !Scripts.IsUnspaced(one) && !Scripts.IsUnspaced(other) && Script.Number != one;
    }

    private bool IsChannelWhole(string text) =>
        source.Input.ChannelTitle is { } channel
        && Folding.Fold(channel).Replace(" ", "", StringComparison.Ordinal)
            == Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    private bool Shouts()
    {
        var tokens = source.Tokens(present).Where(token => token.Length > 2 && token.Script is Script.Latin or Script.Other).ToList();
        return tokens.Count(token => token.Has(TokenFlags.AllCaps)) * 3 > tokens.Count;
    }

    private bool IsSubject(string text) =>
        !(source.Tokens(text) is [var opening, ..] && source.Template.Part.Contains(opening.Folded, StringComparer.Ordinal))
        && !(char.IsDigit(text[0]) && text.AsSpan(0, Math.Min(4, text.Length)).IndexOfAny('/', '.', '-') >= 0)
        && Graphemes.DisplayWidth(text) >= FewestColumns
        && (source.Tokens(text).Count >= FewestWords || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text))));

    private static string Calm(string text) => TextCleaner.Tidy(text).TrimEnd('!', '！', '.', ' ', ',', ':');

    private string Behind(IEnumerable<TitleSegment> rest, int most = MostBehind)
    {
        var list = rest.Select(segment => segment.Text).Distinct(StringComparer.Ordinal).Take(most).ToList();
        return list.Count == 0 ? "" : (code is "ja" or "zh" ? "｜" : " | ") + string.Join(code is "ja" or "zh" ? "｜" : " | ", list);
    }

    [GeneratedRegex(@"\d\s?[-–:xх]\s?\d", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Result();

    [GeneratedRegex(
        @"^(?<name>[^:|?!]{3,30}): (?<rest>[^:|]{20,})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Colon();
}
