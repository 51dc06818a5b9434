using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>
/// The fix list after a model's suggestions were merged: fields that it changed get one edit each, the others keep the analyzer's edits,
/// and all points are measured again on what is shown.
/// </summary>
internal static class MergedFixes
{
    private const int Quoted = 160;

    public static IReadOnlyList<Fix> Plan(
        VideoInput input,
        AnalysisResult own,
        AnalysisResult merged,
        int most,
        Func<VideoInput, ScoreCard> score
    )
    {
        var edits = new List<Edit>();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        if (merged.Titles.Count > 0 && merged.Titles[0] is { Source: SuggestionSource.Llm } title)
        {
            replaced.Add("title");
            edits.Add(
                new Edit(0, "title", $"Use the title “{Graphemes.Take(title.Text, Quoted)}”.", Exclusive: true, video =>
                    video with
                    {
                        Title = title.Text,
                    }
                )
                {
                    Always = true,
                    CheckId = "T2",
                }
            );
        }

        if (merged.Description.Source == SuggestionSource.Llm)
        {
            replaced.Add("description");
            edits.Add(
                new Edit(
                    1,
                    "description",
                    "Use the suggested description; your links, credits and hashtags are in it.",
                    Exclusive: true,
                    video => video with { Description = merged.Description.Text }
                )
                {
                    Always = true,
                    CheckId = "D1",
                }
            );
        }

        if (merged.Tags.Source == SuggestionSource.Llm)
        {
            replaced.Add("tags");
            edits.Add(
                new Edit(2, "tags", "Use the suggested tags.", Exclusive: true, video => video with { Tags = merged.Tags.Tags })
                {
                    Always = true,
                    CheckId = "G",
                }
            );
        }

        var hashtags = string.Join(' ', own.Hashtags);
        var others = hashtags.Length > 0 && !merged.Hashtags.SequenceEqual(own.Hashtags, StringComparer.Ordinal);
        if (replaced.Count == 0 && !others)
        {
            return own.Fixes;
        }

        foreach (var fix in own.Fixes.Where(fix => !replaced.Contains(fix.Field)))
        {
            // The model's hashtags take the place of ours in what is pasted, too.
            string Shown(string text) =>
                others ? text.Replace(hashtags, string.Join(' ', merged.Hashtags), StringComparison.Ordinal) : text;
            edits.Add(
                new Edit(3 + edits.Count, fix.Field, Shown(fix.Action), Exclusive: false, video =>
                    video with
                    {
                        Title = fix.NewTitle ?? video.Title,
                        Description = fix.NewDescription is { } text ? Shown(text) : video.Description,
                        Tags = fix.NewTags ?? video.Tags,
                    }
                )
                {
                    Always = true,
                    IsAsked = fix.NewTitle is null && fix.NewDescription is null && fix.NewTags is null,
                    Stays = true,
                    Uncounted = fix.ScoreUpTo <= fix.ScoreBefore,
                    CheckId = fix.CheckId,
                    First = ReferenceEquals(fix, own.Fixes[0]),
                }
            );
        }

        return new FixPlanner(score).Plan(input, score(input), edits, most).Fixes;
    }
}
