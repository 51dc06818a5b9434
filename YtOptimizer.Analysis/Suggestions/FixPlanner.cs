using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Orders edits by gain per changed character; each step is scored by the same function as the whole analysis.</summary>
internal sealed class FixPlanner(Func<VideoInput, ScoreCard> score)
{
    private const double LeastGain = 0.5;

    public (List<Fix> Fixes, VideoInput Applied) Plan(VideoInput input, ScoreCard start, IReadOnlyList<Edit> edits, int most)
    {
        // Gains measured alone give the order; each is measured again on top of what was taken.
        var alone = edits
            .Select(edit => (Edit: edit, Applied: edit.Apply(input)))
            .Where(pair => Cost(input, pair.Applied) > 0)
            .Select(pair => (pair.Edit, Gain: score(pair.Applied).Score - start.Score, Cost: Cost(input, pair.Applied)))
            .Where(pair => pair.Gain >= LeastGain)
            .OrderByDescending(pair => Math.Round(pair.Gain / (pair.Cost + 20), 9))
            .ThenBy(pair => pair.Edit.Order)
            .ToList();

        var fixes = new List<Fix>();
        var current = input;
        var card = start;
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (edit, _, _) in alone)
        {
            if (fixes.Count >= most || (edit.Exclusive && done.Contains(edit.Field)))
            {
                continue;
            }

            var next = edit.Apply(current);
            var cost = Cost(current, next);
            if (cost == 0)
            {
                continue;
            }

            var after = score(next);
            // A step that shows no gain is no advice.
            if (after.Score - card.Score < LeastGain || Rounded(after) <= Rounded(card))
            {
                continue;
            }

            var improved = MostImproved(card, after, edit.Field);
            var level = after.Checks.First(check => check.Id == improved).EvidenceLevel;
            fixes.Add(
                new Fix
                {
                    CheckId = improved,
                    ExpectedEffect = CheckCatalog.EffectOf(improved),
                    Certainty = level switch
                    {
                        EvidenceLevel.Official => "stated",
                        EvidenceLevel.Measured => "measured",
                        _ => "custom",
                    },
                    PointsMean = CheckCatalog.Meaning(level),
                    Field = edit.Field,
                    Action = edit.Action,
                    ScoreBefore = Rounded(card),
                    ScoreAfter = Rounded(after),
                    EditCost = cost,
                    NewTitle = edit.Field == "title" ? next.Title : null,
                    NewDescription = edit.Field == "description" ? next.Description : null,
                    NewTags = edit.Field == "tags" ? next.Tags : null,
                }
            );
            done.Add(edit.Field);
            current = next;
            card = after;
        }

        return (fixes, current);
    }

    public static int Rounded(ScoreCard card) => (int)Math.Round(card.Score, MidpointRounding.AwayFromZero);

    // Among the checks that judge the edited field: tags keep no promise of the title.
    private static string MostImproved(ScoreCard before, ScoreCard after, string field)
    {
        var best = "";
        var gain = double.MinValue;
        for (var i = 0; i < before.Checks.Count; i++)
        {
            if (!Judges(before.Checks[i].Id, field))
            {
                continue;
            }

            var change = Value(after.Checks[i]) - Value(before.Checks[i]);
            if (change > gain)
            {
                gain = change;
                best = before.Checks[i].Id;
            }
        }

        return best;
    }

    private static bool Judges(string check, string field) =>
        field switch
        {
            "tags" => check is "G" or "M",
            "title" => check[0] is 'T' or 'N',
            _ => check[0] is not ('T' or 'G' or 'N') || check == "T6",
        };

    private static double Value(Check check) => check.Applicable ? check.Score * check.Weight : check.Weight;

    private static int Cost(VideoInput a, VideoInput b) =>
        Changed(a.Title, b.Title) + Changed(a.Description, b.Description) + Changed(string.Join(',', a.Tags), string.Join(',', b.Tags));

    // Characters between the common start and the common end.
    private static int Changed(string a, string b)
    {
        var prefix = 0;
        while (prefix < a.Length && prefix < b.Length && a[prefix] == b[prefix])
        {
            prefix++;
        }

        var suffix = 0;
        while (suffix < a.Length - prefix && suffix < b.Length - prefix && a[^(suffix + 1)] == b[^(suffix + 1)])
        {
            suffix++;
        }

        return Math.Max(a.Length, b.Length) - prefix - suffix;
    }
}

/// <param name="Exclusive">At most one edit of this kind per field (titles).</param>
internal sealed record Edit(int Order, string Field, string Action, bool Exclusive, Func<VideoInput, VideoInput> Apply);
