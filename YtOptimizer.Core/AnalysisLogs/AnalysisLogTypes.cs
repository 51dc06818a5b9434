namespace YtOptimizer.Core.AnalysisLogs;

/// <summary>Values of <c>video_analysis_logs.analysis_type</c>, fixed by the contract with clients.</summary>
public static class AnalysisLogTypes
{
    /// <summary>A YouTube video. Its title may be YouTube's and is purged after 30 days.</summary>
    public const string Video = "standard";

    public const string Transcript = "transcript";
    public const string Upload = "upload";
}
