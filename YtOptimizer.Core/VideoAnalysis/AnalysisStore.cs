using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What an analysis leaves in the database: the audit that history shows, its log row and the notification.</summary>
public static class AnalysisStore
{
    // Evidence and edits quote the analysed texts; scores and suggestions are our own product.
    public const string PurgeApiDataSql = """
        UPDATE audits SET
            video_title = CASE WHEN provenance ->> 'title' IN ('youtube_api', 'oembed') THEN NULL ELSE video_title END,
            thumbnail_url = CASE WHEN provenance ->> 'thumbnailUrl' IN ('youtube_api', 'oembed') THEN NULL ELSE thumbnail_url END,
            analysis = analysis #- '{result,checks}' #- '{result,fixes}' #- '{input}',
            provenance = '{"purged": "true"}'::jsonb, api_data_expires_at = NULL
        WHERE id IN (
            SELECT id FROM audits
            WHERE created_at < @before AND provenance <> '{}'::jsonb AND NOT provenance ? 'purged'
              AND EXISTS (SELECT 1 FROM jsonb_each_text(provenance) AS p WHERE p.value IN ('youtube_api', 'oembed'))
            ORDER BY created_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        """;

    public const string DeleteSql =
        "DELETE FROM audits WHERE id = @id AND (user_id = @userId OR @isStaff) RETURNING user_id, video_url, video_title";

    public const string SetThumbnailSql =
        "UPDATE audits SET thumbnail_url = @url, provenance = provenance - 'thumbnailUrl' WHERE id = @auditId AND user_id = @userId";

    private const string AuditSql = """
        INSERT INTO audits (id, user_id, job_id, video_id, video_url, video_title, ai_titles, ai_description, ai_tags, ai_thumbnail_prompts,
            thumbnail_url,
            ai_image_prompt, score, analysis, ai_titles_with_reasoning, ai_description_detailed, ai_keywords_categorized, ai_chapters,
                ai_thumbnail_ideas, ai_thumbnail_ai_prompts, provenance, api_data_expires_at)
        VALUES (@auditId, @userId, @jobId, @videoId, @videoUrl, @title, @titles, @description, @tags, @prompts, @thumbnailUrl,
            @imagePrompt, @score, @analysis::jsonb, @titlesDetail::jsonb, @descriptionDetail::jsonb, @keywords::jsonb, @chapters::jsonb,
                @ideas::jsonb, @prompts, @provenance::jsonb, @expiresAt::timestamptz)
        """;

    /// <summary>The first thing an attempt does: log row and event, and with the first attempt the notification. Nothing when the job was
    /// cancelled meanwhile.</summary>
    public static Task StartAsync(Db db, ClaimedJob job, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(job);
        return db.InTransactionAsync(
            async scope =>
            {
                await scope.LimitIdleAsync();
                var started = await scope.FirstOrDefaultAsync<Started>(
                    AnalysisLogStore.StartSql,
                    new
                    {
                        jobId = job.Id,
                        token = job.LeaseToken,
                        retries = job.Attempt - 1,
                    }
                );
                if (started is not null && job.Attempt == 1)
                {
                    await NotificationWriter.AddAsync(scope, JobNotifications.Started(job.Id, job.UserId, started.VideoTitle));
                }

                return started is not null;
            },
            ct
        );
    }

    /// <summary>Writes the result in the transaction that completes the job.</summary>
    public static async Task SaveAsync(DbScope scope, ClaimedJob job, Guid auditId, AnalysisOutcome outcome, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(outcome);
        var result = outcome.Result;
        string[] prompts = [.. result.ThumbnailIdeas.Select(idea => idea.ImagePrompt)];
        await scope.ExecuteAsync(
            AuditSql,
            new
            {
                auditId,
                userId = job.UserId,
                jobId = job.Id,
                videoId = outcome.VideoId,
                videoUrl = outcome.VideoUrl,
                title = outcome.Input.Title,
                titles = outcome.OfferedTitles.ToArray(),
                description = result.Description.Text,
                tags = result.Tags.Tags.ToArray(),
                prompts,
                thumbnailUrl = outcome.ThumbnailUrl,
                imagePrompt = prompts.FirstOrDefault(),
                score = result.Score,
                analysis = Json(
                    new
                    {
                        outcome.Degraded,
                        outcome.DegradedReason,
                        outcome.SuggestionOrigin,
                        outcome.SuggestionsCreatedAt,
                        outcome.Provenance,
                        Result = result,
                    }
                ),
                titlesDetail = Json(
                    new
                    {
                        Titles = outcome.OfferedTitles,
                        Reasoning = string.Join(' ', result.Titles.SelectMany(title => title.Reasons).Distinct(StringComparer.Ordinal)),
                        Details = result.Titles,
                    }
                ),
                descriptionDetail = Json(
                    new
                    {
                        Description = result.Description.Text,
                        result.Description.Hashtags,
                        result.Description.KeyPoints,
                    }
                ),
                keywords = Json(
                    new
                    {
                        PrimaryKeywords = result.Keywords.Primary.Concat(result.Keywords.Secondary).Select(keyword => keyword.Phrase),
                        LongTailKeywords = result.Keywords.LongTail.Select(keyword => keyword.Phrase),
                        TrendingKeywords = result.Keywords.RelatedIdeas,
                        CompetitorKeywords = result.Keywords.Misspellings,
                    }
                ),
                chapters = Json(
                    new
                    {
                        Chapters = result.Chapters.Chapters.Select(chapter => new
                        {
                            Timestamp = Clock(chapter.Start),
                            chapter.Title,
                            Description = "",
                        }),
                        TotalDuration = outcome.Input.Duration is { } total ? Clock(total) : null,
                    }
                ),
                provenance = Json(outcome.Provenance),
                expiresAt = outcome.ApiDataExpiresAt?.UtcDateTime,
                ideas = Json(
                    new
                    {
                        Ideas = result.ThumbnailIdeas.Select(idea => new
                        {
                            TextOverlay = idea.OverlayText,
                            idea.Concept,
                            idea.VisualElements,
                            idea.ColorScheme,
                            idea.Composition,
                        }),
                    }
                ),
            }
        );
        await scope.ExecuteAsync(
            AnalysisLogStore.CompleteSql,
            new
            {
                jobId = job.Id,
                auditId,
                title = outcome.Input.Title,
                promptTokens = outcome.PromptTokens,
                completionTokens = outcome.CompletionTokens,
                tokens = outcome.PromptTokens + outcome.CompletionTokens,
                model = outcome.Model,
                cost = outcome.CostUsd,
                milliseconds = (int)elapsed.TotalMilliseconds,
                retries = job.Attempt - 1,
                results = Json(
                    new
                    {
                        result.Score,
                        auditId,
                        outcome.Degraded,
                    }
                ),
            }
        );
        await NotificationWriter.AddAsync(scope, JobNotifications.Completed(job.Id, job.UserId, outcome.Input.Title, auditId));
    }

    private sealed record Started(string? VideoTitle, string? Told);

    private static string Json(object value) => JsonSerializer.Serialize(value, AnalysisJson.Options);

    // As YouTube writes chapter times: 0:00, 12:34, 1:02:03.
    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
