using System.Buffers;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The series of which a video is a part.</summary>
internal static class SeriesName
{
    private const int MostTags = 60;
    private const int Widest = 40;
    private static readonly SearchValues<char> Bars = SearchValues.Create("|｜│┃║-–—:#,!?");

    /// <summary>Null where the title names none.</summary>
    /// <param name="agreed">The names on which title and tags agree.</param>
    public static string? Of(Source source, List<Drawable> agreed)
    {
        var isPart = PartLabel.Of(source) is not null;
        var segments = TitleSegments.Split(source.SafeTitle, source);
        var numbered = isPart || segments.Exists(segment => segment.Role == SegmentRole.Episode);
        foreach (var name in agreed)
        {
            if (!name.IsPerson && (IsTaggedAsShow(source, name.Name) || (numbered && IsPart(source, segments, name.Name))))
            {
                return name.Name;
            }
        }

        if (
            numbered
            && segments.Find(segment => segment.Role is SegmentRole.Topic or SegmentRole.Series && IsTagged(source, segment.Text)).Text
                is { } tagged
        )
        {
            return tagged;
        }

        return numbered
            && segments.Find(segment => segment.Role == SegmentRole.Series).Text is { } series
            && Graphemes.DisplayWidth(series) <= Widest
                ? series
            : isPart && TitleMoment.Show(source, TextCleaner.Tidy(source.SafeTitle)) is { } show && IsPlain(source, show) ? show
            : null;
    }

    /// <summary>Whether a name is the show's in another script, or a part of it.</summary>
    public static bool IsAlso(Source source, string show, string name) =>
        Folding.Fold(show).Contains(Folding.Fold(name), StringComparison.Ordinal)
        || IsTaggedAsShow(source, name)
        || (TitleSegments.Split(source.SafeTitle, source).Exists(segment => segment.Text == name) && !name.Any(char.IsAscii));

    private static bool IsPlain(Source source, string show) =>
        Graphemes.DisplayWidth(show) <= Widest
        && !show.AsSpan().ContainsAny(Bars)
        && !PromisedWords.IsPart(source.Tokens(show)[^1].Folded)
        && !TitleSegments.RoleOf(show, source).Equals(SegmentRole.Episode);

    private static bool IsTagged(Source source, string text) =>
        Graphemes.DisplayWidth(text) <= Widest && source.TagKeys.Contains(Folding.Fold(text)) && IsPlain(source, text);

    // It opens the title, or is one of its parts.
    private static bool IsPart(Source source, List<TitleSegment> segments, string name) =>
        source.SafeTitle.StartsWith(name, StringComparison.OrdinalIgnoreCase) || segments.Exists(segment => segment.Text == name);

    // "azhagu serial": a tag that says so.
    private static bool IsTaggedAsShow(Source source, string name)
    {
        var folded = Folding.Fold(name) + " ";
        var lists = OverlayLists.For(source.Language.Code);
        return source
            .SafeTags.Take(MostTags)
            .Any(tag =>
                tag.Length > folded.Length
                && Folding.Fold(tag) is var other
                && other.StartsWith(folded, StringComparison.Ordinal)
                && other[folded.Length..].Split(' ').Any(lists.Shows.Contains)
            );
    }
}
