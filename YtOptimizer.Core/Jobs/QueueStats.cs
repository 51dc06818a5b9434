using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Jobs;

/// <param name="Pending">Waiting jobs, postponed ones included.</param>
/// <param name="Running">Claimed jobs.</param>
/// <param name="Dead">Failed jobs that wait for a person.</param>
/// <param name="OldestSeconds">How long the longest-waiting job has been due; 0 when none is.</param>
/// <param name="LapsedSeconds">How long the oldest lapsed lease has waited for the rescue; 0 when none did.</param>
public sealed record QueueSnapshot(long Pending, long Running, long Dead, double OldestSeconds, double LapsedSeconds)
{
    public static readonly QueueSnapshot Empty = new(0, 0, 0, 0, 0);
}

/// <summary>Counts of the queue, kept for a moment: one instance per process answers health, metrics and the global cap.</summary>
public sealed class QueueStats(Db db, TimeProvider time, IOptions<JobOptions> options)
{
    internal const string SnapshotSql = """
        SELECT w.pending, (SELECT count(*) FROM job_queue WHERE status = 'processing') AS running,
               (SELECT count(*) FROM job_queue WHERE dead_reason IS NOT NULL) AS dead,
               greatest(0, coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0))::double precision AS oldest_seconds,
               greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(lease_until) FROM job_queue
                   WHERE status = 'processing')), 0))::double precision AS lapsed_seconds
        FROM (SELECT count(*) AS pending, min(scheduled_at) AS oldest FROM job_queue WHERE status = 'pending') w
        """;

    private readonly JobOptions options = options.Value;
    private long depth;
    private long depthRead = long.MinValue;
    private QueueSnapshot snapshot = QueueSnapshot.Empty;
    private long snapshotRead = long.MinValue;
    private int counting;

    /// <summary>Takes in a reading that was made along with others.</summary>
    internal void Take(QueueSnapshot read) => (snapshot, snapshotRead) = (read, time.GetTimestamp());

    /// <summary>The last reading, without asking the database.</summary>
    public QueueSnapshot Last => snapshot;

    public async Task<QueueSnapshot> ReadAsync(TimeSpan maxAge, CancellationToken ct)
    {
        if (snapshotRead != long.MinValue && time.GetElapsedTime(snapshotRead) < maxAge)
        {
            return snapshot;
        }

        var rows = await db.QueryAsync<QueueSnapshot>(SnapshotSql, null, ct, 5);
        Take(rows[0]);
        return snapshot;
    }

    /// <summary>
    /// True when the queue holds as many jobs as it may, by a count of at most a second ago (a quarter near the cap) plus what this
    /// process added since. Submissions wait for the first count only: a slow database must not be asked twice by each of them.
    /// </summary>
    public async Task<bool> IsFullAsync(CancellationToken ct)
    {
        if (options.GlobalDepth == 0)
        {
            return false;
        }

        if (depthRead == long.MinValue)
        {
            await CountAsync(ct);
        }
        else if (IsStale() && Interlocked.CompareExchange(ref counting, 1, 0) == 0)
        {
            _ = CountInBackgroundAsync();
        }

        return Interlocked.Read(ref depth) >= options.GlobalDepth;
    }

    /// <summary>This process queued a job.</summary>
    public void Added() => Interlocked.Increment(ref depth);

    private bool IsStale()
    {
        var near = Interlocked.Read(ref depth) * 5 > options.GlobalDepth * 4L;
        return depthRead == long.MinValue || time.GetElapsedTime(depthRead) > TimeSpan.FromMilliseconds(near ? 250 : 1000);
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var rows = await db.QueryAsync<long>("SELECT count(*) FROM job_queue WHERE status = 'pending'", null, ct, 2);
        Interlocked.Exchange(ref depth, rows[0]);
        depthRead = time.GetTimestamp();
    }

    private async Task CountInBackgroundAsync()
    {
        try
        {
            await CountAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or DatabaseUnavailableException)
        {
            // The submission itself meets the same database and says so.
        }
        finally
        {
            Volatile.Write(ref counting, 0);
        }
    }
}
