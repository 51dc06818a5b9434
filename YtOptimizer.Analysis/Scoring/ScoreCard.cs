using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>All checks of one video and what they add up to.</summary>
internal sealed record ScoreCard(IReadOnlyList<Check> Checks, IReadOnlyList<LimitViolation> Violations, double Score, double Confidence)
{
    private const double CapOnViolation = 40;

    public static ScoreCard Compute(Source source, LanguageMemo detector)
    {
        var checks = new List<Check>(CheckCatalog.All.Count);
        checks.AddRange(TitleChecks.Compute(source));
        checks.AddRange(DescriptionChecks.Compute(source, detector));
        checks.AddRange(MetadataChecks.Compute(source));
        var violations = LimitChecks.Find(source.Input);
        double got = 0,
            applicable = 0,
            all = 0;
        foreach (var check in checks)
        {
            all += check.Weight;
            if (check.Applicable)
            {
                applicable += check.Weight;
                got += check.Weight * check.Score;
            }
        }

        var score = applicable == 0 ? 0 : 100 * got / applicable;
        if (violations.Count > 0)
        {
            // Never above 40, and still moving with the checks.
            score *= CapOnViolation / 100;
        }

        return new ScoreCard(checks, violations, Math.Round(score, 2), Math.Round(applicable / all, 3));
    }

    /// <summary>The score if these checks were met as well as a sentence or two can meet them.</summary>
    /// <param name="settled">Beginning of the codes of violations that are settled by it, null when none is.</param>
    public double Fulfilled(IReadOnlyList<string> checks, string? settled)
    {
        double got = 0,
            of = 0;
        foreach (var check in Checks.Where(check => check.Applicable))
        {
            of += check.Weight;
            got += check.Weight * (checks.Contains(check.Id, StringComparer.Ordinal) ? Math.Max(check.Score, Reach(check)) : check.Score);
        }

        var score = of == 0 ? 0 : 100 * got / of;
        var left = Violations.Any(violation => settled is null || !violation.Code.StartsWith(settled, StringComparison.Ordinal));
        return left ? score * CapOnViolation / 100 : score;
    }

    // Two sentences are no long text, and they leave links and credits where they are.
    private static double Reach(Check check) =>
        check.Id switch
        {
            "D2" => Math.Min(1, check.Score + 0.35),
            "D4" => Math.Min(1, check.Score + 0.5),
            _ => 1,
        };

    public double Of(string id)
    {
        foreach (var check in Checks)
        {
            if (check.Id == id)
            {
                return check.Applicable ? check.Score : 1;
            }
        }

        return 1;
    }
}

internal static class CheckBuilder
{
    public static Check Scored(this CheckDefinition definition, double score, string evidence, string fix) =>
        new()
        {
            Id = definition.Id,
            Title = definition.Title,
            Weight = definition.Weight,
            Score = Math.Round(Math.Clamp(score, 0, 1), 4),
            Applicable = true,
            Evidence = evidence,
            Fix = score >= 0.995 ? "" : fix,
            EvidenceLevel = definition.Level,
            SourceUrl = definition.SourceUrl,
        };

    public static Check NotApplicable(this CheckDefinition definition, string why) =>
        new()
        {
            Id = definition.Id,
            Title = definition.Title,
            Weight = definition.Weight,
            Score = 0,
            Applicable = false,
            Evidence = why,
            Fix = "",
            EvidenceLevel = definition.Level,
            SourceUrl = definition.SourceUrl,
        };
}

/// <summary>Limits that YouTube enforces.</summary>
internal static class LimitChecks
{
    public static List<LimitViolation> Find(VideoInput input)
    {
        var found = new List<LimitViolation>();
        if (Graphemes.CodePoints(input.Title) > Limits.Title)
        {
            found.Add(new LimitViolation("title_too_long", "The title has more than 100 characters; YouTube refuses it."));
        }

        if (string.IsNullOrWhiteSpace(input.Title))
        {
            found.Add(new LimitViolation("title_empty", "The title is empty; YouTube refuses it."));
        }

        if (Graphemes.CodePoints(input.Description) > Limits.DescriptionCodePoints)
        {
            found.Add(new LimitViolation("description_too_long", "The description has more than 5,000 characters; YouTube refuses it."));
        }

        if (HasAngleBracket(input.Title) || HasAngleBracket(input.Description))
        {
            found.Add(new LimitViolation("angle_brackets", $"{Holding(input)} {AngleBrackets(input)}, which YouTube refuses."));
        }

        if (Limits.TagsLength(input.Tags) > Limits.TagsTotal)
        {
            found.Add(
                new LimitViolation(
                    "tags_too_long",
                    "The tags count more than 500 characters (commas count, a tag with a space counts two more)."
                )
            );
        }

        if (input.Tags.Any(tag => tag.Length > Limits.Tag))
        {
            found.Add(new LimitViolation("tag_too_long", "A tag has more than 100 characters."));
        }

        return found;
    }

    /// <summary>Those of the two signs that title or description hold: "&lt;", "&gt;" or "&lt; and &gt;".</summary>
    public static string AngleBrackets(VideoInput input)
    {
        bool Holds(char sign) =>
            input.Title.Contains(sign, StringComparison.Ordinal) || input.Description.Contains(sign, StringComparison.Ordinal);
        return (Holds('<'), Holds('>')) switch
        {
            (true, true) => "< and >",
            (true, _) => "<",
            _ => ">",
        };
    }

    private static string Holding(VideoInput input) =>
        (HasAngleBracket(input.Title), HasAngleBracket(input.Description)) switch
        {
            (true, true) => "Title and description hold",
            (true, _) => "The title holds",
            _ => "The description holds",
        };

    private static bool HasAngleBracket(string text) => text.AsSpan().IndexOfAny('<', '>') >= 0;
}
