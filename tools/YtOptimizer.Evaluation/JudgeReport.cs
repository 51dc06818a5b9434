namespace YtOptimizer.Evaluation;

/// <param name="Right">Good texts accepted, or faulty ones refused.</param>
internal sealed record Rate(int Right, int Of)
{
    /// <summary>0–1; 0 when there is nothing to count.</summary>
    public double Ratio => Of == 0 ? 0 : Math.Round((double)Right / Of, 4);

    public static Rate Count(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        return new Rate(all.Count(verdict => verdict.IsRight), all.Count);
    }
}

/// <summary>Acceptance of good texts and refusal of faulty ones for one part, language, kind or fault.</summary>
/// <param name="Part">title, opening, tag or overlay.</param>
/// <param name="Name">The language, kind or fault; "all" for the whole part.</param>
internal sealed record JudgeRow(string Part, string Name, Rate Accepted, Rate Refused);

/// <summary>All figures of one run of <c>analyze judge</c>.</summary>
internal sealed record JudgeReport
{
    public required int Videos { get; init; }

    /// <summary>Gold entries whose video is not in the videos file.</summary>
    public required IReadOnlyList<string> WithoutVideo { get; init; }

    public IReadOnlyList<string> SkippedLines { get; init; } = [];

    public required IReadOnlyList<JudgeRow> Parts { get; init; }

    public required IReadOnlyList<JudgeRow> Languages { get; init; }

    public required IReadOnlyList<JudgeRow> Kinds { get; init; }

    public required IReadOnlyList<JudgeRow> Faults { get; init; }

    /// <summary>The same for two halves of the videos, split by their ids: rules are tuned on one and reported on the other.</summary>
    public required IReadOnlyList<JudgeRow> Halves { get; init; }

    /// <summary>Good texts refused and faulty ones accepted.</summary>
    public required IReadOnlyList<Verdict> Misses { get; init; }

    public static JudgeReport Of(
        IReadOnlyList<Verdict> verdicts,
        int videos,
        IReadOnlyList<string> withoutVideo,
        IReadOnlyList<string> skipped
    ) =>
        new()
        {
            Videos = videos,
            WithoutVideo = withoutVideo,
            SkippedLines = skipped,
            Parts = Rows(verdicts, _ => "all"),
            Languages = Rows(verdicts, verdict => verdict.Language),
            Kinds = Rows(verdicts, verdict => verdict.Kind),
            Faults = Rows(verdicts.Where(verdict => verdict.Fault is not null), verdict => verdict.Fault!),
            Halves = Rows(verdicts, verdict => IsTuned(verdict.Id) ? "tuned" : "reported"),
            Misses = [.. verdicts.Where(verdict => !verdict.IsRight)],
        };

    /// <summary>Splits videos in two halves that do not depend on the order or size of the file.</summary>
    public static bool IsTuned(string id)
    {
        var hash = 0;
        foreach (var c in id)
        {
            hash = unchecked((hash * 31) + c);
        }

        return (hash & 1) == 0;
    }

    private static List<JudgeRow> Rows(IEnumerable<Verdict> verdicts, Func<Verdict, string> name) =>
        [
            .. verdicts
                .GroupBy(verdict => (verdict.Part, Name: name(verdict)))
                .OrderBy(group => group.Key.Part, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
                .Select(group => new JudgeRow(
                    group.Key.Part,
                    group.Key.Name,
                    Rate.Count(group.Where(verdict => verdict.Fault is null)),
                    Rate.Count(group.Where(verdict => verdict.Fault is not null))
                )),
        ];
}
