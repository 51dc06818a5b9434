using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The first part of a title that search results cut, where it says what happens by itself.</summary>
internal sealed partial class ShorterTitle(Source source, TitleShape shape, string present)
{
    private const int Visible = 70;
    private const int FewestColumns = 30;
    private const int FewestCalled = 27;
    private const int FewestWords = 4;
    private const int MostParts = 3;
    private const int FewestBeforeComma = 34;

    /// <summary>"What happened! And what else | Show" → "What happened"; null where the title is short, a list or shouted.</summary>
    public TitleDraft? Write()
    {
        if (
            Graphemes.DisplayWidth(present) <= Visible
            || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Talk or VideoKind.Sports
            || (Ends().Matches(present) is { Count: > 0 } found ? found : CommaEnd()) is not { Count: > 0 and <= MostParts } ends
            || source.Tokens(present) is var tokens && tokens.Count(token => token.Has(TokenFlags.AllCaps)) * 3 > tokens.Count
        )
        {
            return null;
        }

        var end = ends[0].Index + ends[0].Groups["mark"].Length;
        var kept = present[..end].TrimEnd();
        if (kept.Length == 0)
        {
            return null;
        }

        var question = kept[^1] is '?' or '？';

        var stems = source.ContentStems(kept).ToHashSet(StringComparer.Ordinal);
        return
            Graphemes.DisplayWidth(kept) >= (kept[^1] is '!' or '！' ? FewestCalled : FewestColumns)
            && IsSubject(kept)
            && (
                source.Primary is not { Candidate.TitleCount: > 0 } main
                || main.Candidate.Words.All(word => stems.Contains(source.Stemming.Stem(word)))
            )
            && shape.Finish(kept) is { } text
            ? new TitleDraft(
                question || !text.Contains('¡', StringComparison.Ordinal) ? text : text.Replace("¡", "", StringComparison.Ordinal),
                TitleApproach.Shortened,
                $"The first part alone, read in full: search results and phones cut titles after about {Visible} columns.",
                0.64
            )
            : null;
    }

    // "Phone Unboxing and First Impressions, In Display Fingerprint": one comma before a capital, behind a part that is whole by itself.
    private MatchCollection CommaEnd()
    {
        var commas = Comma().Matches(present);
        var words = TitleWords.For(source.Language.Code);
        return
            commas.Count == 1
            && present.Count(c => c is ',') == 1
            && source.Language.Code != "de"
            && Graphemes.DisplayWidth(present[..commas[0].Index]) >= FewestBeforeComma
            && source.Tokens(present) is [var first, ..]
            && !words.Joins.Contains(first.Folded)
            && !TitleWords.Conditions.Contains(first.Folded)
            && source.Tokens(present[(commas[0].Index + 1)..]) is [{ IsStop: false }, _, _, ..]
            ? commas
            : Comma().Matches("");
    }

    private bool IsSubject(string text) =>
        TitleSegments.RoleOf(TextCleaner.Tidy(text), source) == SegmentRole.Topic
        && (
            Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text)))
            || source.Tokens(text).Count(token => !token.Has(TokenFlags.Digits)) >= FewestWords
        );

    [GeneratedRegex(
        @"(?<mark>[!?！？。]+|(?<=\p{L}{3})\.)(?=\s+\p{Lu}|\s*[|｜]|(?<=[！？。])\S)|(?<mark>)(?=\s*[|｜║│┃ㅣ]|\s[-–—]\s)",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?<mark>)(?=,\s\p{Lu})", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Comma();
}
