using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// What YouTube's terms (III.E.4) ask for: data of its API goes after 30 days. What the user sent and what we made of it stays; texts that
/// came from YouTube, and quotations of them, do not. Idempotent, in batches.
/// </summary>
public sealed class ApiDataRetention(Db db, VideoMetadataCache metadata, SuggestionCache suggestions, FileStore files, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Deletes everything that is due; returns how many rows and files were touched.</summary>
    public async Task<int> PurgeAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - VideoMetadataCache.KeepAtMost;
        var total = await metadata.PurgeAsync(ct) + await suggestions.PurgeAsync(ct);
        foreach (var sql in (string[])[AnalysisStore.PurgeApiDataSql, AnalysisLogStore.PurgeApiDataSql])
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

        total += await db.ExecuteAsync(AiUsageSql.PurgeRuns, new { before }, ct, timeoutSeconds: 120);
        return total + await files.DeleteOlderThanAsync(FileStore.Thumbnails, time.GetUtcNow().AddDays(-365), ct);
    }
}
