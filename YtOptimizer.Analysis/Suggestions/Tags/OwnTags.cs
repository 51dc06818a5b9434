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
    private const int VideoId = 11;
    private const int ChannelId = 24;
    private const int LeastWord = 4;

    /// <summary>Those that stay, in their order: all but what programs wrote, calls, a sponsor's things, other videos, and what
    /// YouTube refuses.</summary>
    public static IEnumerable<string> Staying(Source source) =>
        source.SafeTags.Where(tag => tag.Length <= Limits.Tag && MayStay(source, tag));

    /// <summary>Whether a tag or hashtag is for viewers and about the video.</summary>
    public static bool MayStay(Source source, string tag) =>
        !IsMachine(tag) && !IsForOthers(source, tag) && !source.Sponsored.IsNamedIn(tag);

    /// <summary>"sp:ty=high", "DN6WWu_KEQs": written by programs for programs.</summary>
    public static bool IsMachine(string tag) =>
        tag.Contains('=', StringComparison.Ordinal)
        || tag.Contains("://", StringComparison.Ordinal)
        || (tag.Length == ChannelId && tag.StartsWith("UC", StringComparison.Ordinal) && tag.All(IsIdLetter) && tag.Any(char.IsAsciiDigit))
        || (
            tag.Length == VideoId
            && tag.All(IsIdLetter)
            && tag.Any(char.IsAsciiLetterUpper)
            && tag.Any(char.IsAsciiLetterLower)
            && (tag.Any(char.IsAsciiDigit) || tag.Contains('_', StringComparison.Ordinal))
            && !char.IsAsciiDigit(tag[^1])
            && !HoldsWord(tag)
        );

    // "Ch3Thailand" is a name.
    private static bool HoldsWord(string tag)
    {
        var run = 0;
        foreach (var c in tag)
        {
            run = char.IsAsciiLetterLower(c) ? run + 1 : 0;
            if (run >= LeastWord)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIdLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

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
