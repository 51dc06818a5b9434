using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Jobs;

/// <summary>A failed job that waits for a person. The payload is not part of it: it may hold what users wrote.</summary>
public sealed record DeadLetter(
    Guid Id,
    Guid UserId,
    string JobType,
    string DeadReason,
    string? ErrorCode,
    string? ErrorMessage,
    int Attempts,
    int Crashes,
    DateTime CompletedAt,
    string? CorrelationId
);

/// <summary>Dead letters are kept until somebody re-drives or discards them.</summary>
public sealed class DeadLetters(Db db, JobSignals signals, IOptions<JobOptions> options)
{
    private const string ListSql = """
        SELECT id, user_id, job_type, dead_reason, error_code, error_message, attempts, crashes, completed_at, correlation_id
        FROM job_queue WHERE dead_reason IS NOT NULL AND (@id::uuid IS NULL OR id = @id) ORDER BY completed_at DESC, id LIMIT @limit
        """;

    private const string DiscardSql = "UPDATE job_queue SET dead_reason = NULL WHERE id = @id AND dead_reason IS NOT NULL";

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken ct) =>
        db.QueryAsync<DeadLetter>(ListSql, new { id = (Guid?)null, limit }, ct);

    public Task<DeadLetter?> FindAsync(Guid id, CancellationToken ct) =>
        db.FirstOrDefaultAsync<DeadLetter>(ListSql, new { id = (Guid?)id, limit = 1 }, ct);

    /// <summary>Queues a dead letter again with fresh attempts, under its owner's caps and quota; null when there is no such dead
    /// letter.</summary>
    public Task<RestartResult?> RedriveAsync(Guid id, CancellationToken ct) => RedriveAsync(id, _ => Task.CompletedTask, ct);

    /// <summary>As above; <paramref name="record"/> writes who did it, in the same transaction.</summary>
    public async Task<RestartResult?> RedriveAsync(Guid id, Func<DbScope, Task> record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (await FindAsync(id, ct) is not { } letter)
        {
            return null;
        }

        var result = await db.InTransactionAsync(
            async scope =>
            {
                var row = (
                    await scope.QueryAsync<RestartResult>(
                        "SELECT * FROM job_restart(@id, @userId, @depth, true)",
                        new
                        {
                            id,
                            userId = letter.UserId,
                            depth = options.Value.UserDepth,
                        }
                    )
                )[0];
                if (row.Outcome == "restarted")
                {
                    await record(scope);
                }

                return row;
            },
            ct
        );
        if (result.Outcome == "restarted")
        {
            signals.Queued(id);
        }

        return result;
    }

    /// <summary>Gives a dead letter up: it stays failed and goes with the finished jobs.</summary>
    public Task<bool> DiscardAsync(Guid id, CancellationToken ct) => DiscardAsync(id, _ => Task.CompletedTask, ct);

    /// <summary>As above; <paramref name="record"/> writes who did it, in the same transaction.</summary>
    public Task<bool> DiscardAsync(Guid id, Func<DbScope, Task> record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        return db.InTransactionAsync(
            async scope =>
            {
                if (await scope.ExecuteAsync(DiscardSql, new { id }) == 0)
                {
                    return false;
                }

                await record(scope);
                return true;
            },
            ct
        );
    }
}
