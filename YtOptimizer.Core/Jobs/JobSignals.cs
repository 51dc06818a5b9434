using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Jobs;

/// <summary>
/// Wakes workers and tells listeners, after the commit. Signals are hints: a lost one costs at most one poll of the workers.
/// A transaction that notifies holds a server-wide lock while it flushes, so submissions do not notify in their own
/// transaction; signals of one process that come together travel together.
/// </summary>
public sealed partial class JobSignals(Db db, ILogger<JobSignals> logger)
{
    /// <summary>Something can be claimed. No payload.</summary>
    public const string JobsChannel = "yto_jobs";

    /// <summary>A job was cancelled; the payload is <c>jobId:token</c>, naming the claim that ends.</summary>
    public const string CancelChannel = "yto_cancel";

    /// <summary>What clients may know; payload is JSON {kind, event, jobId, userId, seq, status, progress, stage} or {kind: notification,
    /// id, userId}.</summary>
    public const string EventsChannel = "yto_events";

    // Losing the flush of a hint is harmless, waiting for it is not. OFFSET 0 keeps the rows found by their ids: by statistics of an empty
    // queue, reading all pending jobs looks as cheap.
    internal const string Sql = """
        SELECT set_config('synchronous_commit', 'off', true), pg_notify('yto_jobs', '')::text,
               (SELECT count(job_notify(found.q, 'job-queued')::text)
                FROM (SELECT q FROM job_queue q WHERE q.id = ANY (@ids) OFFSET 0) found WHERE (found.q).status = 'pending')
        """;

    private const int BatchSize = 200;
    private readonly ConcurrentQueue<Guid> queued = new();
    private int draining;

    /// <summary>A job was committed as pending.</summary>
    public void Queued(Guid jobId)
    {
        queued.Enqueue(jobId);
        if (Interlocked.CompareExchange(ref draining, 1, 0) == 0)
        {
            _ = DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        do
        {
            while (!queued.IsEmpty)
            {
                var ids = new List<Guid>();
                while (ids.Count < BatchSize && queued.TryDequeue(out var id))
                {
                    ids.Add(id);
                }

                try
                {
                    await db.ExecuteAsync(Sql, new { ids = ids.ToArray() }, CancellationToken.None, 2);
                }
                catch (Exception exception)
                {
                    Log.NotSent(logger, exception);
                }
            }

            Volatile.Write(ref draining, 0);
        } while (!queued.IsEmpty && Interlocked.CompareExchange(ref draining, 1, 0) == 0);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Workers were not woken; they will find the job at their next poll.")]
        public static partial void NotSent(ILogger logger, Exception exception);
    }
}
