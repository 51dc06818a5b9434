using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Titles in the form that viewers of the kind know, with what the present title lacks of it.</summary>
internal sealed partial class KindFormTitles(Source source, TitleShape shape, TitleWords words, List<TitlePart> parts, string present)
{
    private const double Sure = 0.6;
    private const int Widest = 92;
    private const int Opening = 160;
    private readonly string code = source.Language.Code;

    public IEnumerable<TitleDraft> Write() =>
        (
            source.Kind.Confidence < Sure
                ? []
                : source.Kind.About switch
                {
                    VideoKind.Recipe => Recipe().Concat(Cook()),
                    VideoKind.Music => Music(),
                    VideoKind.Talk => Talk(),
                    VideoKind.Trailer => Trailer(),
                    VideoKind.Sports => Sports(),
                    VideoKind.Interview or VideoKind.Comedy or VideoKind.Other => Guest(),
                    _ => [],
                }
        ).Concat(Search());

    // "… for Halloween! | …" reads badly: what goes on has no closing mark.
    private static string Open(string title) => title.TrimEnd('!', '！', '.', ' ');

    // "Artist - Track" without its "(Official Video)", where the text says that it is the official one.
    private IEnumerable<TitleDraft> Music()
    {
        if (
            words.Official is not { } official
            || parts.Exists(part => part.Kind == TitlePartKind.Qualifier || part.Bracketed)
            || !TwoParts().IsMatch(present)
            || Folding
                .Fold(present)
                .Split(' ')
                .Any(word =>
                    word
                        is "official"
                            or "mv"
                            or "video"
                            or "clip"
                            or "клип"
                            or "кліп"
                            or "klip"
                            or "live"
                            or "cover"
                            or "lyrics"
                            or "audio"
                )
        )
        {
            yield break;
        }

        var text = Folding.Fold(string.Join(' ', [Graphemes.Take(source.SafeDescription, 600), .. source.SafeTags]));
        var own = Folding.Fold(official).Split(' ')[^1];
        if (
            (
                text.Contains("official video", StringComparison.Ordinal)
                || text.Contains("official music video", StringComparison.Ordinal)
                || text.Contains(own.TrimEnd('p'), StringComparison.Ordinal)
            ) && shape.Finish($"{present} ({official})") is { } finished
        )
        {
            yield return new TitleDraft(
                finished,
                TitleApproach.KindForm,
                "Says that it is the official video, which listeners look for; artist and track stay as they are.",
                0.85,
                official
            );
        }
    }

    // A search phrase of the creator that says the kind or a detail the title leaves out, after the title.
    private IEnumerable<TitleDraft> Search()
    {
        if (source.Kind.About is not (VideoKind.Tutorial or VideoKind.Recipe or VideoKind.Review or VideoKind.Gaming))
        {
            yield break;
        }

        var opening = source.ContentStems(Graphemes.Take(source.AboutText.TrimStart(), Opening)).ToHashSet(StringComparer.Ordinal);
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var terms = KindConventions
            .Terms(source.Kind.About, code)
            .SelectMany(term => source.ContentStems(term))
            .ToHashSet(StringComparer.Ordinal);
        var channel = source.ContentStems(source.Input.ChannelTitle ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var tag in source.SafeTags.Take(25))
        {
            var stems = source.ContentStems(tag).Distinct(StringComparer.Ordinal).ToList();
            var added = stems.Where(stem => !title.Contains(stem)).ToList();
            var fits =
                stems.Count is >= 2 and <= 4
                && added.Count > 0
                && added.Count < stems.Count
                && added.Exists(terms.Contains)
                // "… | Bread recipe" behind bread says no more than the title.
                && added.Exists(stem => !terms.Contains(stem))
                && !stems.Exists(channel.Contains)
                && added.All(stem => terms.Contains(stem) || opening.Contains(stem))
                && !source.Tokens(tag).Any(token => token.Has(TokenFlags.Digits))
                && source.Tokens(tag).Exists(token => !token.IsStop);
            var separator = code is "ja" or "zh" ? "｜" : " | ";
            if (
                fits
                && Graphemes.DisplayWidth(present) + Graphemes.DisplayWidth(tag) <= 78
                && shape.Finish(Open(present) + separator + Casing.Capitalize(shape.Cased(shape.Recased(tag)), code)) is { } text
            )
            {
                yield return new TitleDraft(
                    text,
                    TitleApproach.Search,
                    $"Adds “{tag}”, a search phrase from your tags that the title lacks.",
                    0.66
                );
                yield break;
            }
        }
    }
}
