using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>
/// Which of the creator's present tags stay: all that are for viewers. What neither title nor description says may still be true (the cast,
/// the show's short form, a spelling that people type), and a tag costs nothing.
/// </summary>
internal static class OwnTags
{
    /// <summary>Those that stay, in their order: all but what programs wrote, calls, a sponsor's things, other videos, and what
    /// YouTube refuses.</summary>
    public static IEnumerable<string> Staying(Source source) =>
        source.SafeTags.Where(tag => tag.Length <= Limits.Tag && MayStay(source, tag));

    /// <summary>Whether a tag or hashtag is for viewers and about the video.</summary>
    public static bool MayStay(Source source, string tag) =>
        !MachineTags.Is(tag) && !IsForOthers(source, tag) && !source.Sponsored.IsNamedIn(tag);

    // "subscribe to my channel". A word or two of that kind may be the subject ("giveaway", "advertising"), and "show full episodes" is
    // what viewers type.
    private static bool IsForOthers(Source source, string tag) =>
        Passages.Classify(tag.Replace('_', ' ')) is var kind
        && (
            kind == PassageKind.Link
            || (
                tag.Count(c => c is ' ' or '_') >= 2
                && (kind is PassageKind.CallToAction or PassageKind.Contact || (kind == PassageKind.OtherVideo && IsStrange(source, tag)))
            )
        );

    // No word of it stands in the title, the channel's name or another tag.
    private static bool IsStrange(Source source, string tag)
    {
        var title = Folding.Fold(source.SafeTitle + " " + source.Input.ChannelTitle);
        return !Folding
            .Fold(tag)
            .Split(' ')
            .Any(word =>
                !source.StopWords.Contains(word)
                && (
                    FoldedWords.Of(title).Contains(word)
                    || source.TagKeys.Any(other => other != Folding.Fold(tag) && FoldedWords.Of(other).Contains(word))
                )
            );
    }
}
