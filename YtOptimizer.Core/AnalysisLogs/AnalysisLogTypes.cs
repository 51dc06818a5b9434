namespace YtOptimizer.Core.AnalysisLogs;

/// <summary>Values of <c>video_analysis_logs.analysis_type</c>, fixed by the contract with clients.</summary>
public static class AnalysisLogTypes
{
    /// <summary>A YouTube video. Its title may be YouTube's and is purged after 30 days.</summary>
    public const string Video = "standard";

    public const string Transcript = "transcript";
    public const string Upload = "upload";

    /// <param name="kind">One of <see cref="AnalysisKinds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unknown.</exception>
    public static string Of(string kind) =>
        kind switch
        {
            AnalysisKinds.Video => Video,
            AnalysisKinds.Transcript => Transcript,
            AnalysisKinds.Upload => Upload,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of analysis."),
        };
}
