using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
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
    private const double Enough = 0.99;
    private const double Confident = 0.9;
    private const int Quoted = 160;
    private const int FewestLetters = 60;

    private static readonly DescriptionEdits[] Fallbacks =
    [
        DescriptionEdits.All,
        DescriptionEdits.All & ~DescriptionEdits.Hashtags,
        DescriptionEdits.Opening | DescriptionEdits.Chapters,
        DescriptionEdits.Chapters,
        DescriptionEdits.None,
    ];

    private readonly Dictionary<string, ScoreCard> scored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> together = new(StringComparer.Ordinal);
    private DescriptionSuggestion? chosen;
    private TagSuggestion currentTags = tags;
    private string? opening;
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

    /// <summary>The titles that keep the language. Their use is judged by what they say, not by the score.</summary>
    public IReadOnlyList<TitleSuggestion> Titles()
    {
        return [.. titles.Where(KeepsLanguage)];
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

        var own = before ??= Language(source.Input.Title, source.Input.Description);
        return own.Confidence < Confident || Language(title?.Text ?? source.Input.Title, chosen!.Text).Code == own.Code;
    }

    private LanguageGuess Language(string title, string description) => languages.Detect(title + "\n" + description);

    // Scored as a new video would be, with its language decided anew.
    private double Together(TitleSuggestion? title)
    {
        var all = source.Input with { Title = title?.Text ?? source.Input.Title, Description = chosen!.Text, Tags = currentTags.Tags };
        var key = Key(all);
        if (!together.TryGetValue(key, out var known))
        {
            together[key] = known = score(all, null).Score;
        }

        return known;
    }

    public (List<Fix> Fixes, VideoInput Applied) Fixes()
    {
        var edits = new List<Edit>();
        foreach (var title in titles.Take(3))
        {
            edits.Add(new Edit(edits.Count, "title", TitleAction(title), true, input => input with { Title = title.Text }));
        }

        if (card.Violations.Count > 0)
        {
            Part(edits, DescriptionEdits.None, "Bring the description within YouTube's limits; the suggested one is.");
        }

        if (card.Of("D1") < Enough && !source.SafeDescription.TrimStart().StartsWith(FirstLine(), StringComparison.Ordinal))
        {
            Part(
                edits,
                DescriptionEdits.Opening,
                $"Open the description with “{Graphemes.Take(FirstLine(), Quoted)}”: viewers see about 150 characters before “more”."
            );
        }

        if (chapters.Status is ChapterStatus.Repaired or ChapterStatus.Derived)
        {
            Part(
                edits,
                DescriptionEdits.Chapters,
                (
                    chapters.Status == ChapterStatus.Repaired
                        ? "Repair the chapter list, which YouTube does not take as it stands: "
                        : "Add chapters at the times of the transcript: "
                )
                    + string.Join(
                        " · ",
                        chapters.Chapters.Take(4).Select(chapter => $"{ChapterList.Format(chapter.Start, false)} {chapter.Title}")
                    )
                    + (chapters.Chapters.Count > 4 ? $" and {chapters.Chapters.Count - 4} more." : ".")
            );
        }

        if (card.Of("H") < Enough)
        {
            Part(edits, DescriptionEdits.Hashtags, $"Put {string.Join(' ', hashtags)} at the end of the description.");
        }

        if (card.Of("D3") < Enough)
        {
            Part(
                edits,
                DescriptionEdits.Paragraphs,
                "Give links and credits lines of their own and break the text into paragraphs, as in the suggested description."
            );
        }

        if (source.SafeTranscript.Length > 0)
        {
            var points = Draft(source, DescriptionEdits.KeyPoints).KeyPoints;
            if (points.Count > 0)
            {
                Part(
                    edits,
                    DescriptionEdits.KeyPoints,
                    $"List what is said, {points.Count} points, first “{Graphemes.Take(points[0], Quoted)}”: people skim before they watch."
                );
            }
        }

        edits.Add(
            new Edit(edits.Count, "tags", TagChanges.Describe(source, currentTags.Tags), true, input =>
                input with
                {
                    Tags = currentTags.Tags,
                }
            )
        );
        return new FixPlanner(Of).Plan(source.Input, card, edits, options.MaxFixes);
    }

    private string FirstLine() => opening ??= Draft(source, DescriptionEdits.Opening).Text.Split('\n')[0];

    private static string TitleAction(TitleSuggestion title) =>
        $"Change the title to “{title.Text}”. {(title.Reasons is [var reason, ..] ? reason : "")}".TrimEnd();

    private void Part(List<Edit> edits, DescriptionEdits part, string action) =>
        edits.Add(new Edit(edits.Count, "description", action, false, input =>
            {
                // The same rules on the text as it stands after earlier edits.
                var state = ReferenceEquals(input.Description, source.Input.Description)
                    ? source
                    : source.WithDescription(input.Description);
                return input with { Description = Draft(state, part).Text };
            }));

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
