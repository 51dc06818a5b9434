using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.Schedules;

/// <summary>
/// Evaluates the alert rules and delivers messages: one process of the fleet at a time, by lease. When the database itself stays away,
/// the last holder says so once, directly, because no outbox can.
/// </summary>
internal sealed partial class AlertService(FleetLease lease, AlertEvaluator evaluator, AlertSender sender, AlertChannels channels,
    IOptions<AlertOptions> options, TimeProvider clock, ILogger<AlertService> logger) : BackgroundService
{
    private const string LeaseName = "alerts";
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(30);

    private DateTimeOffset nextEvaluation;
    private DateTimeOffset? databaseLostAt;
    private bool outageAnnounced;
    private bool isHolder;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TurnAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await ReleaseAsync();
        }
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        try
        {
            isHolder = await lease.TryHoldAsync(LeaseName, LeaseLength, ct);
            if (outageAnnounced)
            {
                await TrySendDirectAsync("Recovered: Database", "The database answers again.", "info", ct);
            }

            (databaseLostAt, outageAnnounced) = (null, false);
            if (!isHolder)
            {
                return;
            }

            if (clock.GetUtcNow() >= nextEvaluation)
            {
                nextEvaluation = clock.GetUtcNow() + TimeSpan.FromSeconds(options.Value.EvaluateSeconds);
                await evaluator.EvaluateAsync(ct);
            }

            foreach (var failure in await sender.SendDueAsync(ct))
            {
                Log.NotDelivered(logger, failure);
            }
        }
        catch (Exception e) when (DatabaseUnavailableException.Matches(e))
        {
            await DatabaseIsAwayAsync(e, ct);
        }
    }

    private async Task DatabaseIsAwayAsync(Exception exception, CancellationToken ct)
    {
        if (databaseLostAt is null)
        {
            Log.DatabaseAway(logger, exception);
        }

        databaseLostAt ??= clock.GetUtcNow();
        if (isHolder && !outageAnnounced && clock.GetUtcNow() - databaseLostAt >= DatabasePatience)
        {
            outageAnnounced = await TrySendDirectAsync("Database down", "The database has not answered for 30 s. Runbook: incident 2.", "critical", ct);
        }
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

    private async Task ReleaseAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            await lease.ReleaseAsync(LeaseName, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || DatabaseUnavailableException.Matches(e))
        {
            // The lease runs out by itself.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "An alert was not delivered and is tried again: {Reason}")]
        public static partial void NotDelivered(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Failed to connect to database: alerts wait")]
        public static partial void DatabaseAway(ILogger logger, Exception exception);
    }
}
