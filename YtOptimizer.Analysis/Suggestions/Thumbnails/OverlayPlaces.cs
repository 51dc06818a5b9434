using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Where in the title the words of a thumbnail stand: the show or broadcaster at its edge says nothing of this video, and what
/// is told of death and illness is not set in large letters.</summary>
internal static partial class OverlayPlaces
{
    private const int LeastHeadline = 3;
    private const int ManyParts = 3;
    private static readonly char[] Bars = ['|', '｜', '│', 'ㅣ'];

    /// <summary>Whether the words may be shown.</summary>
    public static bool Allow(Source source, string text)
    {
        var folded = Folding.Fold(text);
        return !source.Tokens(text).Exists(token => OverlayLists.For(source.Language.Code).Never.Contains(token.Folded))
            && !IsGrave(source, text)
            && !IsLastPart(source, text, folded)
            && !IsShow(source, folded);
    }

    // A report says it in its own words.
    private static bool IsGrave(Source source, string text) =>
        source.Kind.About is not (VideoKind.News or VideoKind.Music or VideoKind.Trailer or VideoKind.Gaming or VideoKind.Talk)
        && source.Tokens(text).Exists(token => OverlayLists.Has(OverlayLists.For(source.Language.Code).Grave, token.Folded));

    // "… | ProSieben", "… | Patriot Act": behind the last bar stands who shows it, between many bars who took part.
    private static bool IsLastPart(Source source, string text, string folded)
    {
        var title = source.SafeTitle.TrimEnd();
        var at = title.LastIndexOfAny([.. Bars, '【']);
        if (
            at <= 0
            || text[^1] is '?' or '？'
            || title.EndsWith('!')
            || source.Kind.About is VideoKind.Trailer or VideoKind.Recipe or VideoKind.Talk
        )
        {
            return false;
        }

        var parts = title.Split(Bars, StringSplitOptions.RemoveEmptyEntries);
        return Folding.Fold(title[(at + 1)..]) == folded
            || (parts.Length >= ManyParts && parts.Skip(1).Any(part => Folding.Fold(part) == folded));
    }

    // The show before its headline; where the title has only the number of a part its name is all there is.
    private static bool IsShow(Source source, string folded) =>
        !source.Text.TitleTokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal))
        && (
            Opening().Match(source.SafeTitle) is { Success: true } opening
                && Folding.Fold(opening.Groups["show"].Value) == folded
                && source.Kind.About == VideoKind.News
                && !TitleSegments.IsPerson(opening.Groups["show"].Value, source)
                && source.Tokens(source.SafeTitle[opening.Length..]).Count >= LeastHeadline
            || TitleSegments
                .Split(source.SafeTitle, source)
                .Exists(part => part.Role is SegmentRole.Series or SegmentRole.Label && Folding.Fold(part.Text) == folded)
        );

    [GeneratedRegex(@"^(?<show>[^:：|]{3,30})[:：]\s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.Timeout)]
    private static partial Regex Opening();
}
