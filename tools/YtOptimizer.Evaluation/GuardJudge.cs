using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Evaluation;

/// <summary>One text of a gold file and what the guard said about it.</summary>
/// <param name="Part">title, opening, tag or overlay.</param>
/// <param name="Fault">The planted fault, null for a good text.</param>
/// <param name="Reasons">Why it was refused, empty when it was accepted.</param>
internal sealed record Verdict(
    string Id,
    string Language,
    string Kind,
    string Part,
    string? Fault,
    string Text,
    bool Accepted,
    IReadOnlyList<GuardViolation> Reasons
)
{
    /// <summary>Good texts should be accepted, faulty ones refused.</summary>
    public bool IsRight => Accepted == (Fault is null);
}

/// <summary>Runs the guard over good and faulty texts.</summary>
internal static class GuardJudge
{
    public static List<Verdict> Judge(
        SuggestionGuard guard,
        IReadOnlyDictionary<string, EvaluationVideo> videos,
        IEnumerable<GoldEntry> entries
    )
    {
        var verdicts = new List<Verdict>();
        foreach (var entry in entries)
        {
            if (!videos.TryGetValue(entry.Id, out var video))
            {
                continue;
            }

            var session = guard.For(video.ToInput());
            void Add(string part, string? fault, string text, IReadOnlyList<GuardViolation> reasons)
            {
                // Keeping the present title is an answer, not a fault.
                var counted = reasons.Where(reason => reason.Code != "same_as_original").ToList();
                verdicts.Add(new Verdict(entry.Id, entry.Language, entry.Kind, part, fault, text, counted.Count == 0, counted));
            }

            foreach (var title in entry.GoodTitles)
            {
                Add("title", null, title, session.CheckTitle(title).Violations);
            }

            foreach (var title in entry.BadTitles)
            {
                Add("title", title.Fault, title.Text, session.CheckTitle(title.Text).Violations);
            }

            if (entry.Description is { Length: > 0 } opening)
            {
                Add("opening", null, opening, session.CheckOpening(opening).Violations);
            }

            if (entry.BadDescription is { Text.Length: > 0 } bad)
            {
                Add("opening", bad.Fault, bad.Text, session.CheckOpening(bad.Text).Violations);
            }

            foreach (var tag in entry.GoodTags)
            {
                Add("tag", null, tag, session.CheckTag(tag).Violations);
            }

            foreach (var tag in entry.BadTags)
            {
                Add("tag", tag.Fault, tag.Text, session.CheckTag(tag.Text).Violations);
            }

            foreach (var overlay in entry.Overlays)
            {
                Add("overlay", null, overlay, session.CheckOverlay(overlay).Violations);
            }
        }

        return verdicts;
    }
}
