using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Alerts;

/// <summary>
/// One evaluation of all rules. Call it only while holding the fleet's lease. A condition must fire at two evaluations in a row;
/// while the database fails, what follows from that failure is not announced on its own.
/// </summary>
public sealed class AlertEvaluator(Db db, Incidents incidents, AlertChannels channels, IOptions<AlertOptions> options)
{
    /// <summary>A process writes its figures this much after the database is back, at most.</summary>
    private static readonly TimeSpan LateFigures = MetricSnapshots.Interval * 3;

    private readonly HashSet<string> firedBefore = new(StringComparer.Ordinal);

    public async Task EvaluateAsync(CancellationToken ct)
    {
        var settings = options.Value;
        // SQL arrays start at 1: the first bucket above the bound has the index of the bound plus two.
        var slowBucket = LatencyBuckets.IndexOf(settings.SlowMilliseconds / 1000.0) + 2;
        var figures = await db.FirstOrDefaultAsync<AlertReadings>(
            AlertReadings.Sql,
            new
            {
                slowBucket,
                window = TimeSpan.FromSeconds(settings.WindowSeconds),
                recoverAfter = TimeSpan.FromSeconds(settings.RecoverAfterSeconds),
                outage = AlertRules.DatabaseDown,
                // What the processes counted during an announced outage arrives after it; it is no news.
                outageEchoes = TimeSpan.FromSeconds(settings.WindowSeconds) + LateFigures,
            },
            ct
        ) ?? new AlertReadings();
        var readings = AlertRules.Evaluate(figures, settings);
        var databaseFails = readings.Any(r => r is { Kind: "database_failures", Level: AlertLevel.Firing });
        var afterOutage = figures.IsAfterOutage;
        foreach (var reading in readings)
        {
            var fires = reading.Level == AlertLevel.Firing;
            var isConsequence =
                fires
                && (
                    AlertRules.FollowFromDatabase.Contains(reading.Kind)
                        ? databaseFails || afterOutage
                        : afterOutage && reading.Kind == "database_failures"
                );
            var twice = fires && firedBefore.Contains(reading.Kind);
            _ = fires ? firedBefore.Add(reading.Kind) : firedBefore.Remove(reading.Kind);
            var isWithoutIncident =
                reading.Level == AlertLevel.Pending && !figures.OpenKinds.Contains(reading.Kind, StringComparer.Ordinal);
            if (isConsequence || (fires && !twice) || isWithoutIncident || figures.AlreadySay(reading))
            {
                continue;
            }

            await incidents.ApplyAsync(reading, channels.Configured, TimeSpan.FromSeconds(settings.RecoverAfterSeconds), ct);
        }
    }
}
