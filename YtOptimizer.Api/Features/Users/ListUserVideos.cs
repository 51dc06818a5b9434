using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

/// <summary>The analyses of an account, newest first, also failed and cancelled ones. Their content is the owner's.</summary>
internal static class ListUserVideos
{
    /// <param name="Id">Of the log row; names the analysis to run again.</param>
    /// <param name="JobId">Its job; null when it was made without one.</param>
    /// <param name="AuditId">The stored result, when there is one.</param>
    /// <param name="VideoId">YouTube's id, or the job's for uploads and transcripts.</param>
    /// <param name="VideoTitle">Empty when unknown.</param>
    /// <param name="VideoUrl">As the user gave it.</param>
    /// <param name="AnalysisType">standard, upload or transcript.</param>
    /// <param name="Status">initiated, processing, completed, failed or cancelled.</param>
    /// <param name="TokensUsed">Of language models.</param>
    /// <param name="ErrorCode">Why it failed.</param>
    /// <param name="ErrorMessage">The same for people.</param>
    /// <param name="CreatedAt">UTC.</param>
    /// <param name="CompletedAt">UTC.</param>
    public sealed record Item(
        Guid Id,
        Guid? JobId,
        Guid? AuditId,
        string VideoId,
        string VideoTitle,
        string VideoUrl,
        string AnalysisType,
        string Status,
        int TokensUsed,
        string? ErrorCode,
        string? ErrorMessage,
        DateTime CreatedAt,
        DateTime? CompletedAt
    );

    private const string Sql = """
        SELECT id, job_id, audit_id, video_id, coalesce(video_title, '') AS video_title, video_url, analysis_type, status,
            coalesce(tokens_consumed, 0) AS tokens_used, error_code, error_message, created_at, completed_at
        FROM video_analysis_logs WHERE user_id = @userId ORDER BY created_at DESC, id LIMIT @limit OFFSET @skip
        """;

    public static Task<Results<Ok<UserPage<Item>>, ProblemHttpResult>> Handle(
        Guid id,
        [AsParameters] UserPages.Query query,
        Db db,
        CancellationToken ct
    ) => UserPages.ReadAsync<Item>(db, id, query, "SELECT count(*) FROM video_analysis_logs WHERE user_id = @userId", Sql, ct);
}
