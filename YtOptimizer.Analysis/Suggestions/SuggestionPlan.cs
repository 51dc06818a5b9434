using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Puts the parts together so that what is suggested never scores below what was there.</summary>
internal sealed class SuggestionPlan(
    Source source,
    AnalysisOptions options,
    ChapterSuggestion chapters,
    IReadOnlyList<string> hashtags,
    TagSuggestion tags,
    List<TitleSuggestion> titles,
    ScoreCard card,
    Func<VideoInput, LanguageInfo?, ScoreCard> score,
    LanguageMemo languages
)
{
    private const double Confident = 0.9;
    private const int FewestLetters = 60;

    /// <summary>Points that a title in other words may cost, such as a figure that it has not.</summary>
    private const double Unfelt = 5;

    /// <summary>Points that a name or a plainer form may cost, such as columns beyond those that are shown everywhere.</summary>
    private const double MostLost = 15;

    private static readonly DescriptionEdits[] Fallbacks =
    [
        DescriptionEdits.All,
        DescriptionEdits.All & ~DescriptionEdits.Hashtags,
        DescriptionEdits.All & ~DescriptionEdits.Opening,
        DescriptionEdits.Paragraphs | DescriptionEdits.Chapters,
        DescriptionEdits.Opening | DescriptionEdits.Chapters,
        DescriptionEdits.Chapters,
        DescriptionEdits.None,
    ];

    private static readonly string[] OtherWords =
    [
        nameof(TitleApproach.Sentence),
        nameof(TitleApproach.Question),
        nameof(TitleApproach.Explains),
        nameof(TitleApproach.Quote),
    ];

    private readonly Dictionary<string, ScoreCard> scored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> together = new(StringComparer.Ordinal);
    private DescriptionSuggestion? chosen;
    private TagSuggestion currentTags = tags;
    private LanguageGuess? before;

    public DescriptionSuggestion Description()
    {
        foreach (var edits in Fallbacks)
        {
            chosen = Draft(source, edits);
            if (edits == DescriptionEdits.None || (Of(source.Input with { Description = chosen.Text }).Score >= card.Score && Fits(null)))
            {
                break;
            }
        }

        return chosen!;
    }

    /// <summary>Our tags, or the creator's own where those score better with the rest.</summary>
    public TagSuggestion Tags()
    {
        var ours = (Tags: currentTags, Score: Together(null));
        if (ours.Score < card.Score && TagWriter.Own(source) is { } own)
        {
            currentTags = own;
            if (Together(null) <= ours.Score)
            {
                currentTags = ours.Tags;
            }
        }

        return currentTags;
    }

    /// <summary>The titles that keep the language. One in other words that the checks find worse than the present title is no
    /// suggestion; what only mends it, or adds a name, is judged by what it says.</summary>
    public IReadOnlyList<TitleSuggestion> Titles() => [.. titles.Where(title => KeepsLanguage(title) && ScoresNoLess(title))];

    private bool ScoresNoLess(TitleSuggestion title)
    {
        if (source.Input.HasWorkingTitle)
        {
            return true;
        }

        var scored = Of(source.Input with { Title = title.Text });
        return scored.Score >= card.Score - MostLost
            && (!OtherWords.Contains(title.Approach, StringComparer.OrdinalIgnoreCase) || Unpromised(scored) >= Unpromised(card) - Unfelt);
    }

    // A sentence of the description is no longer taken up or added to by it once it is the title; that says nothing of how good a title
    // it is.
    private static double Unpromised(ScoreCard scored)
    {
        var judged = scored.Checks.Where(check => check is { Applicable: true, Id: not ("T6" or "D1" or "D2") }).ToList();
        return judged.Count == 0 ? 0 : 100 * judged.Sum(check => check.Weight * check.Score) / judged.Sum(check => check.Weight);
    }

    private bool Fits(TitleSuggestion? title) => Together(title) >= card.Score && KeepsLanguage(title);

    // Names and hashtags of another language can tip a short text; what was written in one language stays in it.
    private bool KeepsLanguage(TitleSuggestion? title)
    {
        // A few words say nothing of the language; then it is the speech that has one.
        if (source.Input.Transcript is not null && source.Input.Title.Length + source.Input.Description.Length < FewestLetters)
        {
            return true;
        }

        // New line breaks and hashtags of the title's own words say nothing else in another language.
        if (title is null && Unspaced(chosen!.Text).StartsWith(Unspaced(source.Input.Description), StringComparison.Ordinal))
        {
            return true;
        }

        var own = before ??= Language(source.Input.Title, source.Input.Description);
        return own.Confidence < Confident || Language(title?.Text ?? source.Input.Title, chosen!.Text).Code == own.Code;
    }

    private static string Unspaced(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private bool KeepsCode(VideoInput input) =>
        source.Input.Transcript is null
        && LanguageDetector.Resolve(Language(input.Title, input.Description), input.DeclaredLanguage).Code == source.Language.Code;

    private LanguageGuess Language(string title, string description) => languages.Detect(title + "\n" + description);

    // Scored as a new video would be, with its language decided anew; where that is the same, it is scored already.
    private double Together(TitleSuggestion? title)
    {
        var all = source.Input with { Title = title?.Text ?? source.Input.Title, Description = chosen!.Text, Tags = currentTags.Tags };
        var key = Key(all);
        if (!together.TryGetValue(key, out var known))
        {
            together[key] = known = KeepsCode(all) ? Of(all).Score : score(all, null).Score;
        }

        return known;
    }

    /// <summary>One fix for each part that the verdicts change, and what only the creator can do.</summary>
    public List<Fix> Fixes(IReadOnlyList<PartVerdict> verdicts, IReadOnlyList<TitleSuggestion> shown)
    {
        var edits = new FixEdits(source, card, chapters, hashtags, chosen!, currentTags).Write(verdicts, shown, Of, title =>
            Together(title) < card.Score
        );
        return new FixPlanner(Of).Plan(source.Input, card, edits, options.MaxFixes).Fixes;
    }

    private DescriptionSuggestion Draft(Source state, DescriptionEdits edits) =>
        new DescriptionWriter(state, chapters, hashtags, options.MaxKeyPoints, edits).Write();

    private static string Key(VideoInput input) => string.Join('\u0001', [input.Title, input.Description, .. input.Tags]);

    private ScoreCard Of(VideoInput input)
    {
        var key = Key(input);
        if (!scored.TryGetValue(key, out var known))
        {
            scored[key] = known = score(input, source.Language);
        }

        return known;
    }
}
