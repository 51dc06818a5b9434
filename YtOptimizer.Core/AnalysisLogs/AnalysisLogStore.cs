namespace YtOptimizer.Core.AnalysisLogs;

/// <summary>
/// All statements that write <c>video_analysis_logs</c>, the row per submitted analysis that operators count by. Each runs inside the
/// statement or transaction of the job's own change.
/// </summary>
public static class AnalysisLogStore
{
    public const string PurgeApiDataSql = $"""
        UPDATE video_analysis_logs SET video_title = NULL, results = NULL
        WHERE id IN (
            SELECT id FROM video_analysis_logs WHERE created_at < @before AND analysis_type = '{AnalysisLogTypes.Video}'
                AND (video_title IS NOT NULL OR results IS NOT NULL)
            ORDER BY created_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        """;

    public const string StartSql = """
        WITH log AS (
            UPDATE video_analysis_logs SET status = 'processing', stage = 'started', started_at = coalesce(started_at, clock_timestamp()),
                retry_count = @retries
            WHERE job_id = @jobId AND status IN ('initiated', 'processing')
        )
        SELECT video_title, job_notify(q, 'job-started')::text AS told FROM job_queue q WHERE q.id = @jobId
            AND q.lease_token = @token FOR SHARE
        """;

    public const string CompleteSql = """
        UPDATE video_analysis_logs SET status = 'completed', stage = 'completed', progress_percentage = 100, audit_id = @auditId,
            video_title = @title,
            prompt_tokens = @promptTokens, completion_tokens = @completionTokens, tokens_consumed = @tokens, model_used = @model,
                cost_usd = @cost,
            processing_time_ms = @milliseconds, retry_count = @retries, completed_at = clock_timestamp(), results = @results::jsonb
        WHERE job_id = @jobId
        """;

    public const string FailSql = """
        UPDATE video_analysis_logs l SET status = 'failed', stage = 'failed', error_code = @code, error_message = @message,
            failed_at = clock_timestamp(),
            retry_count = q.retry_count
        FROM job_queue q WHERE q.id = @jobId AND l.job_id = q.id
        """;

    public const string CancelSql =
        "UPDATE video_analysis_logs SET status = 'cancelled', stage = 'cancelled', completed_at = clock_timestamp() WHERE job_id = @jobId";

    /// <summary>The enqueueing statement, with the log row written with the job or not at all.</summary>
    public static string WithNewLog(string enqueue) =>
        $"""
            WITH e AS ({enqueue}), log AS (
                INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage)
                SELECT @LogId, @UserId, e.job_id, @LogVideoId, @LogVideoUrl, @Title, @LogType, 'initiated', @LogStage FROM e
                    WHERE e.outcome = 'created'
            )
            SELECT * FROM e
            """;

    /// <summary>The enqueueing statement, with the log row written with the job or not at all.</summary>
    public static string WithCopiedLog(string enqueue) =>
        $"""
            WITH e AS ({enqueue}), log AS (
                INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage,
                    metadata)
                SELECT @LogId, l.user_id, e.job_id, l.video_id, l.video_url, l.video_title, l.analysis_type, 'initiated', 'queued',
                    jsonb_build_object('retry_of', l.job_id)
                FROM e JOIN video_analysis_logs l ON l.job_id = @OldJobId WHERE e.outcome = 'created'
            )
            SELECT * FROM e
            """;
}
