using System.Collections.Frozen;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Chapters;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Which words make no overlay.</summary>
internal static class OverlayWords
{
    private const double LikelyTopic = 0.2;

    private static readonly FrozenSet<string> Years = Section("years");
    private static readonly FrozenSet<string> Times = Section("times");

    /// <summary>The sentences that open a text or speak of the title's subject: figures of the others count something else.</summary>
    public static string OnSubject(Source source, string text, HashSet<string> titleStems) =>
        string.Join(
            '\n',
            Sentences
                .Split(text)
                .Select(range => text[range].Trim())
                .Where((sentence, i) => i == 0 || source.ContentStems(sentence).Any(titleStems.Contains))
        );

    /// <summary>"28 anos", "24 hours", "24 HORAS GRÁTIS": an age, a term, when something is shown or sold.</summary>
    public static bool CountsYearsOrTime(string figure) =>
        Folding
            .Fold(figure)
            .Split(' ')
            .Select(word => word.TrimStart([.. "0123456789"]))
            .Any(word => Years.Contains(word) || Times.Contains(word));

    /// <summary>A stretch of a sentence: between its words stands one that makes no name of two.</summary>
    public static bool IsClause(Source source, string phrase)
    {
        var tokens = source.Tokens(phrase);
        var leads = OverlayLists.For(source.Language.Code).Leads;
        return tokens.Count > 2
            && tokens
                .GetRange(1, tokens.Count - 2)
                .Exists(token => (token.IsStop || leads.Contains(token.Folded)) && !AnnouncedTopic.Links.Contains(token.Folded));
    }

    // The part of the title that is neither an actor nor a form.
    public static bool IsFilm(Source source, TitleSegment segment) =>
        segment.Role is SegmentRole.Topic or SegmentRole.Series
        && segment.Text.Split(' ').Length <= 4
        && !FormWords.SaysNothing(source, segment.Text);

    // "Solo verás": a stretch of the sentence that nobody names.
    public static bool IsLoose(Source source, RankedPhrase phrase) =>
        phrase.Candidate is { TitleCount: > 0, Capitalized: 0, Quoted: 0 }
        && phrase.Probability < LikelyTopic
        && phrase.Key.Any(c => char.ToUpperInvariant(c) != c)
        && !phrase.Candidate.Has(CandidateMarks.TitleSegment)
        && !source.TagKeys.Contains(phrase.Key)
        && !source.Model.Lexicon.IsTag(phrase.Key);

    private static FrozenSet<string> Section(string name) =>
        WordList.Section("title-words.txt", name).Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal);
}
