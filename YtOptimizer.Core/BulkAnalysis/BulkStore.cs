using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>One video of a batch, or what was sent in its place.</summary>
/// <param name="Position">From 1, as sent or listed; places of videos that came before are left out.</param>
/// <param name="Input">What was sent, at most 200 characters.</param>
/// <param name="VideoId">Null when none was found in it.</param>
/// <param name="JobId">The id its job will have; null when refused.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="Message">The same in words.</param>
public sealed record BulkItem(int Position, string Input, string? VideoId, Guid? JobId, string? Code, string? Message);

/// <summary>What to store.</summary>
public sealed record NewBulk
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>videos, playlist or channel.</summary>
    public required string Source { get; init; }

    public string? SourceId { get; init; }

    public required string Title { get; init; }

    /// <summary>JSON: language, tone.</summary>
    public required string Configuration { get; init; }

    public int Duplicates { get; init; }

    public int BeyondLimit { get; init; }

    public required IReadOnlyList<BulkItem> Items { get; init; }

    /// <summary>SHA-256 of what was asked for.</summary>
    public required byte[] RequestHash { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The answer to repeat for <see cref="IdempotencyKey"/>.</summary>
    public required string Response { get; init; }

    public string? CorrelationId { get; init; }

    public string? Traceparent { get; init; }
}

/// <param name="Outcome">created, replayed, key_conflict, not_in_plan, too_many_open, quota_exceeded or queue_full.</param>
/// <param name="BulkId">The batch that answers the request; null when refused.</param>
/// <param name="Response">The stored answer.</param>
/// <param name="Used">What counts against <paramref name="Allowed"/>.</param>
/// <param name="Allowed">The limit that refused, -1 for none.</param>
/// <param name="LeftOver">Analyses that the plan's period still gives, -1 for no limit.</param>
/// <param name="ResetsAt">When the plan's period ends.</param>
public sealed record BulkResult(string Outcome, Guid? BulkId, string? Response, int Used, int Allowed, int LeftOver, DateTime? ResetsAt);

/// <summary>Stores a batch: places of the plan, batch and items are one transaction.</summary>
public sealed class BulkStore(Db db, QueueStats stats, IOptions<JobOptions> jobs, IOptions<BulkOptions> options)
{
    public const int LongestInput = 200;

    public const int LongestTitle = 200;

    private const string CreateSql = """
        SELECT * FROM bulk_create(@Id, @UserId, @Source, @SourceId, @Title, @Configuration::jsonb, @Duplicates, @BeyondLimit, @items::jsonb,
            @RequestHash, @IdempotencyKey, @Response, @CorrelationId, @Traceparent, @mostOpen, @keyTtl)
        """;

    private const string KnownSql = """
        SELECT CASE WHEN request_hash = @hash THEN 'replayed' ELSE 'key_conflict' END AS outcome, job_id AS bulk_id, response, 0 AS used,
            0 AS allowed, 0 AS left_over, NULL::timestamptz AS resets_at
        FROM idempotency_keys WHERE user_id = @userId AND key = @key AND expires_at > clock_timestamp()
        """;

    private const string PurgeSql = """
        DELETE FROM bulk_analyses WHERE id IN (
            SELECT id FROM bulk_analyses WHERE finished_at < now() - make_interval(days => @days)
            ORDER BY finished_at LIMIT @batch FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>The answer that a key already has: before anything is asked of YouTube for a repeated request.</summary>
    public Task<BulkResult?> FindKnownAsync(Guid userId, string key, byte[] hash, CancellationToken ct) =>
        db.FirstOrDefaultAsync<BulkResult>(
            KnownSql,
            new
            {
                userId,
                key,
                hash,
            },
            ct
        );

    public async Task<BulkResult> CreateAsync(NewBulk bulk, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(bulk);
        if (await stats.IsFullAsync(ct))
        {
            return new BulkResult("queue_full", null, null, 0, jobs.Value.GlobalDepth, 0, null);
        }

        var parameters = new
        {
            bulk.Id,
            bulk.UserId,
            bulk.Source,
            bulk.SourceId,
            bulk.Title,
            bulk.Configuration,
            bulk.Duplicates,
            bulk.BeyondLimit,
            items = JsonSerializer.Serialize(bulk.Items, JsonSerializerOptions.Web),
            bulk.RequestHash,
            bulk.IdempotencyKey,
            bulk.Response,
            bulk.CorrelationId,
            bulk.Traceparent,
            mostOpen = options.Value.OpenPerUser,
            keyTtl = TimeSpan.FromHours(jobs.Value.IdempotencyHours),
        };
        var result = (await db.QueryAsync<BulkResult>(CreateSql, parameters, ct))[0];
        var added = bulk.Items.Count(item => item.JobId is not null);
        if (result.Outcome == "created" && JobQueue.QuotaThreshold(result.Used, result.Allowed, added) is { } percent)
        {
            await NotificationWriter.AddAsync(
                db,
                NotificationCatalog.QuotaUsed(bulk.UserId, percent, result.Used + added, result.Allowed, result.ResetsAt),
                ct
            );
        }

        return result;
    }

    /// <summary>Deletes finished batches past their time; returns how many went, 0 when nothing is left to do.</summary>
    public Task<int> PurgeBatchAsync(CancellationToken ct) =>
        db.ExecuteAsync(PurgeSql, new { days = options.Value.RetentionDays, batch = JobRetention.BatchSize }, ct);
}
