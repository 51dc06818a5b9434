using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What all words of a thumbnail keep to: four words at most, whole, with something to say.</summary>
internal static partial class OverlayRules
{
    public const int MostWords = 4;
    public const int Widest = 30;
    private const int WidestUnspaced = 24;
    private const int Narrowest = 3;
    private const int NarrowestUnspaced = 4;

    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|#@()[]{}【】《》<>/\\_=①②③④⑤⑥⑦⑧⑨⑩");

    /// <summary>Whether a stretch may be shown, apart from where it begins and ends.</summary>
    public static bool IsShort(Source source, string text)
    {
        var folded = Folding.Fold(text);
        var unspaced = Scripts.IsUnspaced(Scripts.OfFirst(folded));
        var width = Graphemes.DisplayWidth(text);
        return width >= (unspaced ? NarrowestUnspaced : Narrowest)
            && width <= (unspaced ? WidestUnspaced : Widest)
            && text.Split(' ').Length <= MostWords
            && !text.AsSpan().ContainsAny(Unwanted)
            && !text.EnumerateRunes().Any(Graphemes.IsEmoji)
            && !LooseNumber().IsMatch(text)
            && !Year().IsMatch(text)
            && Markup.Find(text).Count == 0
            && HasBalancedMarks(text);
    }

    /// <summary>Whether it says something of this video: no form, part, date, channel, outcry or call.</summary>
    public static bool SaysSomething(Source source, string text)
    {
        var folded = Folding.Fold(text);
        return !TitleParser.IsQualifier(folded)
            && !FormWords.SaysNothing(source, text)
            && !TitleSegments.IsChannel(text, source)
            && !PhraseQuality.IsEverywhere(folded)
            && !Outcries.Is(folded)
            && TitleSegments.RoleOf(text, source)
                is not (SegmentRole.Episode or SegmentRole.Date or SegmentRole.Hashtag or SegmentRole.Qualifier or SegmentRole.Channel)
            && Passages.Classify(text) is PassageKind.Prose or PassageKind.Chapter
            && source.Tokens(text) is { Count: > 0 } tokens
            && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits))
            && !tokens.Exists(token => OverlayLists.For(source.Language.Code).Never.Contains(token.Folded))
            && !tokens.Exists(token => Outcries.Is(token.Folded) || source.Template.Part.Contains(token.Folded, StringComparer.Ordinal))
            && (tokens.Count > 1 || !PromisedWords.IsForm(source, tokens[0].Folded));
    }

    /// <summary>Whether the tokens begin and end like a phrase of their own.</summary>
    public static bool HasWholeEdges(Source source, ReadOnlySpan<Token> tokens)
    {
        var edges = PhraseEdges.For(source.Language.Code);
        var lists = OverlayLists.For(source.Language.Code);
        var (first, last) = (tokens[0].Folded, tokens[^1].Folded);
        return !lists.Leads.Contains(last)
            && !lists.Before.Contains(last)
            && !lists.Articles.Contains(last)
            && (tokens[^1].IsUnspaced || (!tokens[^1].IsStop && edges.Closes(last)))
            && !lists.Leads.Contains(first)
            && (!lists.Before.Contains(first) || lists.Without.Contains(first))
            && (tokens[0].IsUnspaced ? edges.OpensRun(first) : edges.Opens(first) || lists.Without.Contains(first));
    }

    /// <summary>In capitals, but for names with a small letter before a large one ("iPad", "PyScript").</summary>
    public static string Display(Source source, string text)
    {
        var code = source.Language.Code;
        if (!MixedCase().IsMatch(text))
        {
            return Casing.Upper(text, code);
        }

        return string.Join(' ', text.Split(' ').Select(word => MixedCase().IsMatch(word) ? word : Casing.Upper(word, code)));
    }

    /// <summary>Without words of its form and the number of its part at the end: "Official Teaser 3".</summary>
    public static string WithoutForm(Source source, string text)
    {
        var tokens = source.Tokens(text);
        var end = tokens.Count;
        while (
            end > 1
            && (
                tokens[end - 1].Has(TokenFlags.Digits)
                || OverlayLists.For(source.Language.Code).Never.Contains(tokens[end - 1].Folded)
                || TitleParser.IsQualifier(tokens[end - 1].Folded)
                || PromisedWords.IsForm(source, tokens[end - 1].Folded)
            )
        )
        {
            end--;
        }

        // A number alone behind the name belongs to it.
        return end == tokens.Count || (end == tokens.Count - 1 && tokens[end].Has(TokenFlags.Digits)) ? text : text[..tokens[end - 1].End];
    }

    private static bool HasBalancedMarks(string text) =>
        text.Count(c => c is '"') % 2 == 0
        && OuterQuotes().Count(text) % 2 == 0
        && text.Count(c => c is '“' or '«' or '„' or '「' or '『') == text.Count(c => c is '”' or '»' or '」' or '』');

    // "10.", "10/30"
    [GeneratedRegex(@"^\d+\s?[.)]|\d[/.]\d|^\d+$", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex LooseNumber();

    [GeneratedRegex(@"(?<!\p{L})['’‘]|['’‘](?!\p{L})", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex OuterQuotes();

    [GeneratedRegex(@"\b(?:19|20)\d\d\b", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<![\p{Lu}\p{L}])\p{L}*\p{Ll}\p{Lu}", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex MixedCase();
}
