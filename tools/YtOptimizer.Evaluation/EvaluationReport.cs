namespace YtOptimizer.Evaluation;

/// <summary>All figures of one evaluation run.</summary>
internal sealed record EvaluationReport
{
    public required string AnalyzerVersion { get; init; }

    public required int Videos { get; init; }

    /// <summary>Lines of the file that are no video, each with its reason.</summary>
    public IReadOnlyList<string> SkippedLines { get; init; } = [];

    public required int ScoredVideos { get; init; }

    public required int ScoredChannels { get; init; }

    /// <summary>How many of the scored videos the shipped model was trained on; the keyphrase figures are honest only without
    /// any.</summary>
    public required int ScoredVideosSeenInTraining { get; init; }

    public required IReadOnlyList<MethodFigures> Methods { get; init; }

    public required IReadOnlyList<LanguageFigures> Languages { get; init; }

    /// <summary>Mean over pt ru ko es ja fr de.</summary>
    public required double NonEnglishMacroP10 { get; init; }

    public required double NonEnglishMacroP10Yake { get; init; }

    /// <summary>Difference of P@10 to the baselines with a 95 % paired bootstrap interval.</summary>
    public required Interval OverYake { get; init; }

    public required Interval OverTfIdf { get; init; }

    public required ShownFigures Shown { get; init; }

    public required Share Constraints { get; init; }

    public required Share Grounding { get; init; }

    public required Share CreatorContentKept { get; init; }

    public required Share LanguageKept { get; init; }

    public required IReadOnlyList<NamedShare> Metamorphic { get; init; }

    public required Share FixesDoNotDrop { get; init; }

    public required double MedianFixGain { get; init; }

    public required ChapterFigures Chapters { get; init; }

    public required Share Determinism { get; init; }

    public required TimingFigures Timing { get; init; }

    /// <summary>Spearman's rank correlation of the score with views, null without views.</summary>
    public double? ScoreViewsRho { get; init; }

    public int ScoreViewsVideos { get; init; }
}

internal sealed record MethodFigures(string Name, double P5, double P10, double R10, double Hit10, Interval P10Interval);

internal sealed record LanguageFigures(string Language, int Videos, double P5, double P10, double R10, double YakeP10, double TfIdfP10);

internal sealed record Interval(double Value, double Low, double High);

internal sealed record Share(int Good, int Of, IReadOnlyList<string> Failures)
{
    public double Ratio => Of == 0 ? 1 : (double)Good / Of;
}

internal sealed record NamedShare(string Name, int Good, int Of, IReadOnlyList<string> Failures)
{
    public double Ratio => Of == 0 ? 1 : (double)Good / Of;
}

internal sealed record ChapterFigures(int Lists, int Invalid, int Repaired, int PastEnd);

/// <param name="RssGrowthMegabytes">Growth of the resident set from before the first analysis to the end of the timing run.</param>
internal sealed record TimingFigures(double P50, double P95, double P99, double Max, double FirstCall, double RssGrowthMegabytes);
