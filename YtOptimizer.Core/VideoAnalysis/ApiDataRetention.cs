using YtOptimizer.Core.Data;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// What YouTube's terms (III.E.4) ask for: data of its API goes after 30 days. What the user sent and what we made of it stays; texts that
/// came from YouTube, and quotations of them, do not. Idempotent, in batches.
/// </summary>
public sealed class ApiDataRetention(Db db, VideoMetadataCache metadata, SuggestionCache suggestions, FileStore files, TimeProvider time)
{
    private const int Batch = 500;

    // Evidence and edits quote the analysed texts; scores and suggestions are our own product.
    private const string AuditsSql = """
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

    private const string LogsSql = $"""
        UPDATE video_analysis_logs SET video_title = NULL, results = NULL
        WHERE id IN (
            SELECT id FROM video_analysis_logs WHERE created_at < @before AND analysis_type = '{AnalysisLogTypes.Video}'
                AND (video_title IS NOT NULL OR results IS NOT NULL)
            ORDER BY created_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        """;

    private const string CountersSql = "DELETE FROM spend_counters WHERE scope LIKE 'run:%' AND updated_at < @before";

    /// <summary>Deletes everything that is due; returns how many rows and files were touched.</summary>
    public async Task<int> PurgeAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - VideoMetadataCache.KeepAtMost;
        var total = await metadata.PurgeAsync(ct) + await suggestions.PurgeAsync(ct);
        foreach (var sql in (string[])[AuditsSql, LogsSql])
        {
            for (
                int changed;
                (changed = await db.ExecuteAsync(sql, new { before, batch = Batch }, ct, timeoutSeconds: 120)) > 0;
                total += changed
            )
            {
                ct.ThrowIfCancellationRequested();
            }
        }

        total += await db.ExecuteAsync(CountersSql, new { before }, ct, timeoutSeconds: 120);
        return total + await files.DeleteOlderThanAsync(FileStore.Thumbnails, time.GetUtcNow().AddDays(-365), ct);
    }
}
