using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The plainest words for a thumbnail where nothing adds to the title: the track, a short part of the title, a name that is also a
/// tag, last the show itself.</summary>
internal static partial class OverlayFallback
{
    private const int MostWords = 4;
    private const int MostOfTitle = 3;
    private const int Widest = 30;
    private const int Narrowest = 3;

    /// <summary>Null where the title has no part that is short enough and says something.</summary>
    public static string? Of(Source source)
    {
        var segments = TitleSegments
            .Split(TextCleaner.Tidy(source.SafeTitle), source)
            .Select(segment => segment with { Text = Bare(segment.Text) })
            .Where(segment => segment.Role is not (SegmentRole.Hashtag or SegmentRole.Label or SegmentRole.Qualifier))
            .ToList();
        var isSong = source.Kind.About is VideoKind.Music or VideoKind.Performance && segments.Count > 1;
        var parts = segments
            .Where((segment, i) => segment.Role is SegmentRole.Topic or SegmentRole.Person or SegmentRole.Series && !(isSong && i == 0))
            // A lone word behind the subject is a form ("Challenge"), or cut off.
            .Where(segment => isSong || segment.Text == segments[0].Text || segment.Text.Contains(' ', StringComparison.Ordinal))
            .Where(segment => source.Tokens(segment.Text).Count <= MostOfTitle || segment.Role != SegmentRole.Topic || isSong)
            .Select(segment => segment.Text);
        return parts
            .Concat(TagsInTitle(source))
            .Concat(segments.Where(segment => segment.Text.Contains(' ', StringComparison.Ordinal)).Select(segment => segment.Text))
            .FirstOrDefault(text => Fits(source, text, isSong));
    }

    // Tags of several words that the title writes as they stand, the first in the title first: half a name is none of them.
    private static IEnumerable<string> TagsInTitle(Source source)
    {
        var title = source.SafeTitle;
        return source
            .SafeTags.Where(tag => tag.Contains(' ', StringComparison.Ordinal))
            .Select(tag => (Text: tag, At: WholeAt(title, tag)))
            .Where(tag => tag.At >= 0 && !source.Tokens(tag.Text).Exists(token => token.IsStop || token.Has(TokenFlags.Digits)))
            .OrderBy(tag => tag.At)
            .ThenByDescending(tag => tag.Text.Length)
            .Select(tag => title.Substring(tag.At, tag.Text.Length));
    }

    private static int WholeAt(string title, string tag)
    {
        var at = tag.Length == 0 ? -1 : title.IndexOf(tag, StringComparison.OrdinalIgnoreCase);
        var end = at + tag.Length;
        var unspaced = Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(tag)));
        return
            at >= 0
            && (
                unspaced
                || ((at == 0 || !char.IsLetterOrDigit(title[at - 1])) && (end == title.Length || !char.IsLetterOrDigit(title[end])))
            )
            ? at
            : -1;
    }

    // Without brackets, emoji and closing marks.
    private static string Bare(string text)
    {
        var plain = Brackets().Replace(text, " ");
        var output = new System.Text.StringBuilder();
        foreach (var rune in plain.EnumerateRunes().Where(rune => !Graphemes.IsEmoji(rune) && rune.Value != 0xFE0F))
        {
            output.Append(rune.ToString());
        }

        return TextCleaner.Tidy(output.ToString()).Trim(' ', '!', '！', '.', '-', '"', '“', '”', '«', '»', '\'', ',', ':');
    }

    private static bool Fits(Source source, string text, bool isSong)
    {
        var folded = Folding.Fold(text);
        return Graphemes.DisplayWidth(text) is >= Narrowest and <= Widest
            && text.Split(' ').Length <= MostWords
            && !TitleParser.IsQualifier(folded)
            && (isSong || text.Length == Bare(source.SafeTitle).Length || !FormWords.SaysNothing(source, text))
            && TitleSegments.RoleOf(text, source) is not (SegmentRole.Episode or SegmentRole.Date)
            && Markup.Find(text).Count == 0
            && !text.Any(c => c is '|' or '#' or '@' or '[' or ']' or '(' or ')' or ':' or '/' or '…')
            && !text.Contains(". ", StringComparison.Ordinal)
            && !Year().IsMatch(text)
            && Passages.Classify(text) is PassageKind.Prose or PassageKind.Chapter
            && source.Tokens(text) is { Count: > 0 } tokens
            && !IsNumbered(source, tokens)
            && OverlayLimits.Allow(source, text)
            && (
                isSong
                || tokens.Count == source.Tokens(source.SafeTitle).Count
                || (!tokens[^1].IsStop && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits)))
            );
    }

    // "Episode 12", "Part 2".
    private static bool IsNumbered(Source source, List<Token> tokens) =>
        tokens.Exists(token => token.Has(TokenFlags.Digits))
        && tokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal));

    [GeneratedRegex(@"\b(?:19|20)\d\d\b", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Year();

    [GeneratedRegex(@"[(\[【（][^()\[\]【】（）]*[)\]】）]", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Brackets();
}
