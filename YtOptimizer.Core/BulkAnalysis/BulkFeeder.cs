using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.AnalysisLogs;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>
/// Brings the videos of batches into the queue as there is room, and closes batches whose videos are all done. Any number of processes may
/// do it at once: the owner's lane and the batch are locked, in this order, as everywhere else.
/// </summary>
public sealed class BulkFeeder(Db db, JobSignals signals, QueueStats stats, IOptions<JobOptions> jobs, IOptions<BulkOptions> options)
{
    /// <summary>Batches with something to do: videos that wait while their owner has room, or nothing unfinished any more.</summary>
    internal const string DueFilter = """
        b.finished_at IS NULL AND (
            NOT EXISTS (SELECT 1 FROM bulk_analysis_items i WHERE i.bulk_id = b.id AND i.state IN ('waiting', 'queued'))
            OR b.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM bulk_analysis_items i WHERE i.bulk_id = b.id AND i.state = 'waiting')
                AND (SELECT count(*) FROM bulk_analysis_items i WHERE i.user_id = b.user_id AND i.state = 'queued') < @bulk_room
                AND (@bulk_depth = 0 OR (SELECT count(*) FROM job_queue q WHERE q.user_id = b.user_id AND q.status = 'pending')
                    + (SELECT count(*) FROM job_queue q WHERE q.user_id = b.user_id AND q.status = 'processing') < @bulk_depth))
        """;

    private const int BatchesAtOnce = 100;

    private const string DueSql = $"""
        SELECT b.id, b.user_id FROM bulk_analyses b WHERE {DueFilter} ORDER BY b.created_at LIMIT @most
        """;

    private const string LockSql = "SELECT user_id FROM job_lanes WHERE user_id = @userId FOR UPDATE";

    private const string OpenSql = """
        SELECT title, configuration::text AS configuration, correlation_id, traceparent, cancelled_at IS NOT NULL AS is_cancelled
        FROM bulk_analyses WHERE id = @id AND finished_at IS NULL FOR UPDATE
        """;

    private const string NextSql = """
        SELECT position, video_id, job_id FROM bulk_analysis_items WHERE bulk_id = @id AND state = 'waiting'
        ORDER BY position
        LIMIT greatest(0, @room - (SELECT count(*) FROM bulk_analysis_items WHERE user_id = @userId AND state = 'queued'))
        """;

    private const string QueuedSql =
        "UPDATE bulk_analysis_items SET state = 'queued' WHERE bulk_id = @id AND position = @position AND state = 'waiting'";

    private const string FinishSql = """
        WITH counts AS (
            SELECT count(*) FILTER (WHERE state = 'completed')::int AS completed, count(*) FILTER (WHERE state = 'failed')::int AS failed,
                count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
                count(*) FILTER (WHERE state IN ('waiting', 'queued')) AS unfinished
            FROM bulk_analysis_items WHERE bulk_id = @id
        )
        UPDATE bulk_analyses b SET finished_at = clock_timestamp() FROM counts WHERE b.id = @id AND counts.unfinished = 0
        RETURNING counts.completed, counts.failed, counts.cancelled
        """;

    /// <summary>Does what is to do for all batches; returns how many jobs it queued.</summary>
    /// <exception cref="AggregateException">Some batches failed; the others are done.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var due = await db.QueryAsync<Due>(
            DueSql,
            new
            {
                bulk_room = options.Value.QueuedPerUser,
                bulk_depth = jobs.Value.UserDepth,
                most = BatchesAtOnce,
            },
            ct
        );
        var queued = 0;
        List<Exception> failures = [];
        foreach (var (id, userId) in due)
        {
            try
            {
                queued += await RunAsync(id, userId, ct);
            }
            catch (Exception exception)
                when (exception is not OperationCanceledException && !DatabaseUnavailableException.Matches(exception))
            {
                failures.Add(new InvalidOperationException($"Bulk analysis {id} cannot be fed.", exception));
            }
        }

        return failures.Count == 0 ? queued : throw new AggregateException(failures);
    }

    /// <summary>The same for one batch.</summary>
    public async Task<int> RunAsync(Guid id, Guid userId, CancellationToken ct)
    {
        var isFull = await stats.IsFullAsync(ct);
        var queued = await db.InTransactionAsync(scope => FeedAsync(scope, id, userId, isFull), ct);
        foreach (var job in queued)
        {
            stats.Added();
            JobTelemetry.Queued(AnalysisKinds.Video);
            signals.Queued(job);
        }

        return queued.Count;
    }

    private async Task<IReadOnlyList<Guid>> FeedAsync(DbScope scope, Guid id, Guid userId, bool isFull)
    {
        await scope.LimitIdleAsync();
        await scope.ExecuteAsync(LockSql, new { userId });
        if (await scope.FirstOrDefaultAsync<Open>(OpenSql, new { id }) is not { } bulk)
        {
            return [];
        }

        var queued = new List<Guid>();
        if (!bulk.IsCancelled && !isFull)
        {
            var next = await scope.QueryAsync<Next>(
                NextSql,
                new
                {
                    id,
                    userId,
                    room = options.Value.QueuedPerUser,
                }
            );
            foreach (var item in next)
            {
                if (await EnqueueAsync(scope, id, userId, bulk, item) != "created")
                {
                    break;
                }

                await scope.ExecuteAsync(QueuedSql, new { id, item.Position });
                queued.Add(item.JobId);
            }
        }

        if (queued.Count == 0 && await scope.FirstOrDefaultAsync<Ended>(FinishSql, new { id }) is { } ended)
        {
            await NotificationWriter.AddAsync(
                scope,
                BulkNotifications.Finished(id, userId, bulk.Title, ended.Completed, ended.Failed, ended.Cancelled)
            );
        }

        return queued;
    }

    // As a single submission, but its place of the plan is taken already.
    private async Task<string> EnqueueAsync(DbScope scope, Guid bulkId, Guid userId, Open bulk, Next item)
    {
        var wanted = JsonSerializer.Deserialize<Wanted>(bulk.Configuration, AnalysisJson.Options);
        var url = new VideoReference(item.VideoId, false, false).CanonicalUrl;
        var request = new AnalysisRequest
        {
            Kind = AnalysisKinds.Video,
            Url = url,
            VideoId = item.VideoId,
            Language = wanted?.Language,
            Tone = wanted?.Tone,
        };
        var parameters = new Dapper.DynamicParameters(
            new NewJob
            {
                Id = item.JobId,
                UserId = userId,
                JobType = AnalysisKinds.Video,
                Payload = JsonSerializer.Serialize(request, AnalysisJson.Options),
                Configuration = JsonSerializer.Serialize(
                    new
                    {
                        url,
                        wanted?.Language,
                        wanted?.Tone,
                        // What the trigger of the queue looks for.
                        bulkId,
                    },
                    AnalysisJson.Options
                ),
                Title = JobTitles.Of(AnalysisKinds.Video, item.VideoId),
                CorrelationId = bulk.CorrelationId,
                Traceparent = bulk.Traceparent,
                Charged = false,
            }
        );
        parameters.Add("MaxAttempts", jobs.Value.MaxAttempts);
        parameters.Add("UserDepth", jobs.Value.UserDepth);
        parameters.Add("KeyTtl", TimeSpan.Zero);
        parameters.Add("DuplicateWindow", TimeSpan.Zero);
        parameters.Add("LogId", Guid.CreateVersion7());
        parameters.Add("LogVideoId", item.VideoId);
        parameters.Add("LogVideoUrl", url);
        parameters.Add("LogType", AnalysisKinds.LogTypeOf(AnalysisKinds.Video));
        parameters.Add("LogStage", "queued");
        return (await scope.QueryAsync<Enqueued>(AnalysisLogStore.WithNewLog(JobQueueSql.Enqueue), parameters))[0].Outcome;
    }

    private sealed record Due(Guid Id, Guid UserId);

    private sealed record Open(string Title, string Configuration, string? CorrelationId, string? Traceparent, bool IsCancelled);

    private sealed record Next(int Position, string VideoId, Guid JobId);

    private sealed record Ended(int Completed, int Failed, int Cancelled);

    private sealed record Wanted(string? Language, string? Tone);

    private sealed class Enqueued
    {
        public string Outcome { get; init; } = "";
    }
}
