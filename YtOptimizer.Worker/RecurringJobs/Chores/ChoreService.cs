using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs.Chores;

/// <summary>
/// Runs the chores that are due, one after the other, each in one process of the fleet: the last result in <c>maintenance_runs</c> says
/// what is due, a lease says who does it. A failure is noted, announced once a day, and tried again after <see cref="RetryAfter"/>.
/// </summary>
internal sealed partial class ChoreService(
    IEnumerable<IChore> chores,
    FleetLease lease,
    MaintenanceRecord record,
    Db db,
    Incidents incidents,
    AlertChannels channels,
    TimeProvider time,
    ILogger<ChoreService> logger
) : IRecurringJob
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    private const string DueSql = """
        SELECT c.name FROM unnest(@names, @every) AS c (name, every) WHERE NOT EXISTS (
            SELECT 1 FROM maintenance_runs WHERE task = c.name AND finished_at > now() - CASE WHEN succeeded THEN c.every
                ELSE LEAST(c.every, @retryAfter) END)
        """;

    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        IChore[] enabled = [.. chores.Where(chore => chore.IsEnabled)];
        var due = await DueAsync(enabled, ct);
        foreach (var chore in enabled.Where(chore => due.Contains(chore.Name)))
        {
            if (await TryHoldAsync(chore, ct))
            {
                await RunUnderLeaseAsync(chore, ct);
            }
        }
    }

    private static string LeaseOf(IChore chore) => "chore:" + chore.Name;

    private async Task<HashSet<string>> DueAsync(IChore[] asked, CancellationToken ct) =>
        [
            .. await db.QueryAsync<string>(
                DueSql,
                new
                {
                    names = Array.ConvertAll(asked, chore => chore.Name),
                    every = Array.ConvertAll(asked, chore => chore.Every),
                    retryAfter = RetryAfter,
                },
                ct
            ),
        ];

    private async Task<bool> TryHoldAsync(IChore chore, CancellationToken ct)
    {
        try
        {
            return await lease.TryHoldAsync(LeaseOf(chore), LeaseLength, ct);
        }
        catch (OperationCanceledException)
        {
            // The server may have done it before it heard of the cancellation.
            await lease.TryReleaseAsync(LeaseOf(chore));
            throw;
        }
    }

    private async Task RunUnderLeaseAsync(IChore chore, CancellationToken ct)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewal = RenewAsync(chore, running);
        try
        {
            // Whoever held the lease before may just have finished.
            if ((await DueAsync([chore], ct)).Count > 0)
            {
                await RunAndNoteAsync(chore, running.Token, ct);
            }
        }
        finally
        {
            await running.CancelAsync();
            await renewal;
            await lease.TryReleaseAsync(LeaseOf(chore));
        }
    }

    private async Task RunAndNoteAsync(IChore chore, CancellationToken whileHeld, CancellationToken ct)
    {
        using var activity = BackgroundWork.Start("chore " + chore.Name);
        var started = time.GetTimestamp();
        try
        {
            var result = await chore.RunAsync(whileHeld);
            await record.NoteAsync(chore.Name, true, result, ct);
            Log.Done(logger, chore.Name, time.GetElapsedTime(started).TotalSeconds, result);
        }
        catch (Exception exception) when (!whileHeld.IsCancellationRequested && !DatabaseUnavailableException.Matches(exception))
        {
            var text = exception is ChoreFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            activity.Fail(exception);
            Log.Failed(logger, exception is ChoreFailedException ? null : exception, chore.Name, text);
            await record.NoteAsync(chore.Name, false, text, ct);
            var day = time.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
            await incidents.AnnounceAsync(
                $"chore:{chore.Name}:{day}",
                "error",
                $"Maintenance failed: {chore.Name}",
                text + " See doctor; runbook: maintenance.",
                channels.Configured,
                ct
            );
        }
    }

    /// <summary>Keeps the lease; a holder that lost it stops, because another process may have begun.</summary>
    private async Task RenewAsync(IChore chore, CancellationTokenSource running)
    {
        using var timer = new PeriodicTimer(LeaseLength / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(running.Token))
            {
                if (!await lease.TryHoldAsync(LeaseOf(chore), LeaseLength, running.Token))
                {
                    await running.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The chore ended.
        }
        catch (Exception exception) when (DatabaseUnavailableException.Matches(exception))
        {
            await running.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Chore {Chore} done in {Seconds:0.0} s: {Result}")]
        public static partial void Done(ILogger logger, string chore, double seconds, string result);

        [LoggerMessage(2, LogLevel.Error, "Chore {Chore} failed: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? exception, string chore, string reason);
    }
}
