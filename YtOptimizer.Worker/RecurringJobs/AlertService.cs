using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>
/// Evaluates the alert rules and delivers messages: one process of the fleet at a time, by lease. When the database itself stays away,
/// the last holder says so once, directly, because no outbox can.
/// </summary>
internal sealed partial class AlertService(
    FleetLease lease,
    AlertEvaluator evaluator,
    AlertSender sender,
    AlertChannels channels,
    AlertPacing pacing,
    Incidents incidents,
    AlertOutboxPulse outbox,
    IOptions<AlertOptions> options,
    TimeProvider clock,
    ILogger<AlertService> logger
) : IRecurringJob
{
    private const string LeaseName = "alerts";
    private const string OutageText = "The database has not answered for 30 s. Runbook: incident 2.";
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LeaseRenewal = LeaseLength / 2;
    private static readonly TimeSpan LeaseAttempt = LeaseLength / 4;
    private static readonly TimeSpan DatabaseOutageDelay = TimeSpan.FromSeconds(30);

    private DateTimeOffset nextEvaluation;
    private DateTimeOffset nextRenewal;
    private DateTimeOffset? databaseLostAt;
    private Guid outageId;
    private bool outageAnnounced;
    private bool isHolder;
    private bool failedBefore;

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public bool RunsAtStart => false;

    public Task RunAsync(CancellationToken ct) => IsTurn() ? TurnAsync(ct) : Task.CompletedTask;

    public Task FinishAsync() => lease.TryReleaseAsync(LeaseName);

    /// <summary>Something to send, to evaluate or to renew, or a failure to get over.</summary>
    private bool IsTurn()
    {
        var now = clock.GetUtcNow();
        return outbox.IsDue || failedBefore || databaseLostAt is not null || now >= nextRenewal || (isHolder && now >= nextEvaluation);
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        try
        {
            var heldBefore = isHolder;
            if (!isHolder || failedBefore || databaseLostAt is not null || clock.GetUtcNow() >= nextRenewal)
            {
                nextRenewal = clock.GetUtcNow() + LeaseAttempt;
                isHolder = await lease.TryHoldAsync(LeaseName, LeaseLength, ct);
                nextRenewal = clock.GetUtcNow() + (isHolder ? LeaseRenewal : LeaseAttempt);
            }

            await EndOutageAsync(ct);
            if (!isHolder)
            {
                return;
            }

            if (!heldBefore)
            {
                await pacing.RegisterAsync(channels.Configured, ct);
            }

            if (clock.GetUtcNow() >= nextEvaluation)
            {
                nextEvaluation = clock.GetUtcNow() + TimeSpan.FromSeconds(options.Value.EvaluateSeconds);
                await evaluator.EvaluateAsync(ct);
            }

            await SendAsync(ct);

            failedBefore = false;
        }
        catch (Exception e) when (DatabaseUnavailableException.Matches(e))
        {
            await DatabaseIsAwayAsync(e, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A statement that fails, for example while the schema is being replaced, must not end the watch.
            if (!failedBefore)
            {
                Log.TurnFailed(logger, e);
            }

            failedBefore = true;
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        if (!outbox.IsDue)
        {
            return;
        }

        using var activity = BackgroundWork.Start("send alerts");
        foreach (var failure in await sender.SendDueAsync(ct))
        {
            Log.NotDelivered(logger, failure);
        }
    }

    private async Task DatabaseIsAwayAsync(Exception exception, CancellationToken ct)
    {
        if (databaseLostAt is null)
        {
            Log.DatabaseAway(logger, exception);
        }

        databaseLostAt ??= clock.GetUtcNow();
        if (isHolder && !outageAnnounced && clock.GetUtcNow() - databaseLostAt >= DatabaseOutageDelay)
        {
            (outageAnnounced, outageId) = (await TrySendDirectAsync("Database down", OutageText, "critical", ct), Guid.CreateVersion7());
        }
    }

    /// <summary>The database is back: noted first, so that no evaluator takes the outage's own figures for news, then said.</summary>
    private async Task EndOutageAsync(CancellationToken ct)
    {
        if (outageAnnounced && databaseLostAt is { } lostAt)
        {
            await incidents.RecordPastAsync(outageId, AlertRules.DatabaseDown, "critical", OutageText, lostAt, ct);
            await incidents.AnnounceAsync(
                $"{outageId:N}:recovered",
                "info",
                "Recovered: Database",
                "The database answers again.",
                channels.Configured,
                ct
            );
            outageAnnounced = false;
        }

        databaseLostAt = null;
    }

    private async Task<bool> TrySendDirectAsync(string title, string body, string severity, CancellationToken ct)
    {
        var sent = false;
        foreach (var channel in channels.Configured)
        {
            try
            {
                await channels.SendAsync(channel, title, body, severity, ct);
                sent = true;
            }
            catch (AlertSendException e)
            {
                Log.NotDelivered(logger, e.Message);
            }
        }

        return sent;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "An alert was not delivered and is tried again: {Reason}")]
        public static partial void NotDelivered(ILogger logger, string reason);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Alerts could not be evaluated or sent; it is tried again every second, further failures in a row are not logged"
        )]
        public static partial void TurnFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Failed to connect to database: alerts wait")]
        public static partial void DatabaseAway(ILogger logger, Exception exception);
    }
}
