using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Where a lost line break glued the next sentence to a hashtag without a sign of it: "#먹방여러분 안녕" in a video tagged
/// "먹방".</summary>
internal static class HashtagSeam
{
    private const int LeastTag = 2;
    private const int LeastLatin = 4;
    private const int LeastRest = 2;

    /// <summary>The hashtag's text up to the longest of the creator's tags that it begins with, where prose follows and no tag is the
    /// whole; else as it is.</summary>
    public static string Cut(Source source, string text, MarkupSpan span, string body)
    {
        if (!HashtagGlue.MayGlue(text) || !GoesOn(text, span.End))
        {
            return body;
        }

        var key = Glue(body);
        var tags = source.TagKeys.Select(Glue).ToList();
        if (tags.Contains(key, StringComparer.Ordinal) || key.Length != body.Length)
        {
            return body;
        }

        var longest = tags.Where(tag =>
                tag.Length >= (tag.All(char.IsAscii) ? LeastLatin : LeastTag)
                && key.Length >= tag.Length + LeastRest
                && key.StartsWith(tag, StringComparison.Ordinal)
                // "#foodies" beside the tag "food": a seam shows a capital, or the script has none.
                && (char.IsUpper(body[tag.Length]) || !char.IsLower(body[tag.Length]))
            )
            .MaxBy(tag => tag.Length);
        return longest is null ? body : body[..longest.Length];
    }

    // Another word of the sentence follows, no hashtag and no link.
    private static bool GoesOn(string text, int end) =>
        end + 1 < text.Length && text[end] is ' ' or '\u00A0' && char.IsLetter(text[end + 1]) && !text.AsSpan(end + 1).StartsWith("http");

    private static string Glue(string text) => string.Concat(Folding.Fold(text).Where(char.IsLetterOrDigit));
}
