using System.Globalization;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Orders edits by what they bring or, where only the creator can write the text, can bring;
/// each step is scored by the same function as the whole analysis.</summary>
internal sealed class FixPlanner(Func<VideoInput, ScoreCard> score)
{
    private const double LeastGain = 0.5;

    public (List<Fix> Fixes, VideoInput Applied) Plan(VideoInput input, ScoreCard start, IReadOnlyList<Edit> edits, int most)
    {
        // Gains measured alone give the order; each is measured again on top of what was taken.
        var alone = edits
            .Select(edit => (Edit: edit, Applied: edit.Apply(input)))
            .Where(pair => pair.Edit.IsAsked || Cost(input, pair.Applied) > 0)
            .Select(pair =>
                (pair.Edit, Gain: pair.Edit.IsAsked ? UpTo(start, pair.Edit) - start.Score : Gain(pair.Edit, start, score(pair.Applied)))
            )
            // A request that no check would count is none.
            .Where(pair => pair.Gain >= LeastGain || (pair.Edit.Always && (!pair.Edit.IsAsked || pair.Edit.Stays)))
            .OrderByDescending(pair => pair.Edit.First)
            .ThenByDescending(pair => pair.Edit.Earns ? Math.Round(Math.Max(0, pair.Gain), 9) : 0)
            .ThenBy(pair => pair.Edit.Order)
            .ToList();

        var fixes = new List<Fix>();
        Fix? minor = null;
        var current = input;
        var card = start;
        // What is gained without telling anything new is not shown.
        var held = 0.0;
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (edit, _) in alone)
        {
            if (fixes.Count >= most || (edit.Exclusive && done.Contains(edit.Field)))
            {
                continue;
            }

            var next = edit.Apply(current);
            var cost = Cost(current, next);
            if (cost == 0 && !edit.IsAsked)
            {
                continue;
            }

            var after = score(next);
            // A step that shows no gain is no advice, unless it is what the verdict says.
            if (!edit.Always && (after.Score - card.Score < LeastGain || Rounded(after) <= Rounded(card)))
            {
                continue;
            }

            double? upTo = edit.IsAsked ? UpTo(card, edit) - held : null;
            var gain = edit.Earns ? Math.Max(0, Gain(edit, card, after)) : 0;
            var before = Rounded(card.Score - held);
            held += after.Score - card.Score - gain;
            var settles = after.Violations.Count < card.Violations.Count;
            var improved = (gain > 0 && !settles) || edit.CheckId is null ? MostImproved(card, after, edit) : edit.CheckId;
            var level = after.Checks.First(check => check.Id == improved).EvidenceLevel;
            var scoreAfter = Rounded(after.Score - held);
            var isNew = cost > 0 && !edit.IsAsked;
            var fix = new Fix
            {
                CheckId = improved,
                ExpectedEffect = CheckCatalog.EffectOf(improved),
                Certainty = level switch
                {
                    EvidenceLevel.Official => "stated",
                    EvidenceLevel.Measured => "measured",
                    _ => "custom",
                },
                PointsMean = Meaning(edit, level, scoreAfter - before, upTo is { } reach ? Rounded(reach) - before : 0),
                Field = edit.Field,
                Action = WithPoints(edit, before, scoreAfter, upTo),
                ScoreBefore = before,
                ScoreAfter = scoreAfter,
                ScoreUpTo = upTo is { } top ? Math.Max(before, Rounded(top)) : null,
                EditCost = cost,
                NewTitle = edit.Field == "title" && cost > 0 ? next.Title : null,
                NewDescription = edit.Field == "description" && cost > 0 ? next.Description : null,
                NewTags = edit.Field == "tags" && cost > 0 ? next.Tags : null,
            };
            if (edit.IsMinor && scoreAfter <= before)
            {
                // What brings next to nothing is a step only where there is no other.
                minor ??= fix;
                held -= after.Score - card.Score - gain;
                continue;
            }

            fixes.Add(fix);
            if (!edit.IsAsked)
            {
                done.Add(edit.Field);
            }

            current = next;
            card = after;
        }

        if (fixes.Count == 0 && minor is not null)
        {
            fixes.Add(minor);
        }

        return (fixes, current);
    }

    // The score before and after is the same where nothing is written yet, and where no check counts the change: that is said.
    private static string WithPoints(Edit edit, int before, int after, double? upTo)
    {
        var action = edit.Action;
        foreach (var marker in (string[])[Done, Unchanged])
        {
            var at = action.LastIndexOf(marker, StringComparison.Ordinal);
            action = at < 0 ? action : action[..at];
        }

        return upTo is { } reach && Rounded(reach) > before
                ? $"{action}{Done}{(Rounded(reach) - before).ToString(CultureInfo.InvariantCulture)} points."
            : after > before ? action
            : action + Unchanged;
    }

    private const string Done = " Once done it can bring up to +";
    private const string Unchanged = " It changes the score by less than one point.";

    // A change counts in the checks of what it changes: a title in another order makes no description, and line breaks tell nothing new.
    private static double Gain(Edit edit, ScoreCard before, ScoreCard after)
    {
        var whole = after.Score - before.Score;
        if (edit.Counts is not { } counts || after.Violations.Count < before.Violations.Count)
        {
            return whole;
        }

        double got = 0,
            of = 0;
        for (var i = 0; i < after.Checks.Count; i++)
        {
            var (old, now) = (before.Checks[i], after.Checks[i]);
            of += now.Applicable ? now.Weight : 0;
            got += counts(now.Id) && old.Applicable && now.Applicable ? now.Weight * (now.Score - old.Score) : 0;
        }

        return of == 0 ? 0 : Math.Min(whole, 100 * got / of);
    }

    // The score once the creator has done what is asked.
    private static double UpTo(ScoreCard card, Edit edit) =>
        edit.Uncounted
            ? card.Score
            : card.Fulfilled(CheckCatalog.FulfilledWith(edit.CheckId ?? ""), edit.Field == "title" ? "title_" : null);

    private static string Meaning(Edit edit, EvidenceLevel level, int gain, int upTo)
    {
        if (!edit.IsAsked)
        {
            return gain > 0
                ? CheckCatalog.Meaning(level)
                : "Less than one point: it is listed for what it says. Points show the weight of the rule, not views.";
        }

        if (upTo <= 0)
        {
            return "No points: it is asked for the sake of viewers. Points show the weight of the rule, not views.";
        }

        var checks = CheckCatalog.FulfilledWith(edit.CheckId ?? "").Select(id => CheckCatalog.All.First(check => check.Id == id).Title);
        return FormattableString.Invariant($"Nothing is counted before it is written. Done well it brings up to +{upTo}, ")
            + $"by {string.Join(", ", checks.Select(title => $"“{title}”"))}. Points show the weight of the rules, not views.";
    }

    public static int Rounded(ScoreCard card) => Rounded(card.Score);

    private static int Rounded(double score) => (int)Math.Round(score, MidpointRounding.AwayFromZero);

    // Among the checks that judge the edited field: tags keep no promise of the title.
    private static string MostImproved(ScoreCard before, ScoreCard after, Edit edit)
    {
        var best = "";
        var gain = double.MinValue;
        for (var i = 0; i < before.Checks.Count; i++)
        {
            if (!Judges(before.Checks[i].Id, edit.Field) || edit.Counts?.Invoke(before.Checks[i].Id) == false)
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
internal sealed record Edit(int Order, string Field, string Action, bool Exclusive, Func<VideoInput, VideoInput> Apply)
{
    /// <summary>A verdict says so: listed without points, too.</summary>
    public bool Always { get; init; }

    /// <summary>Only the creator can write it: there is no new text.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Listed although no check would count it.</summary>
    public bool Stays { get; init; }

    /// <summary>No check counts it.</summary>
    public bool Uncounted { get; init; }

    /// <summary>Left out where it brings no point.</summary>
    public bool IsMinor { get; init; }

    /// <summary>Stands before all others.</summary>
    public bool First { get; init; }

    /// <summary>False when it tells less than what was there: then its points do not count.</summary>
    public bool Earns { get; init; } = true;

    /// <summary>The checks in which it earns; null for all.</summary>
    public Func<string, bool>? Counts { get; init; }

    /// <summary>The check it is for when no check improves.</summary>
    public string? CheckId { get; init; }
}
