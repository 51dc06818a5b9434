using Microsoft.Extensions.Diagnostics.HealthChecks;
using YtOptimizer.Core.Alerts;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>Degraded when messages to operators do not get through: who else would tell them.</summary>
internal sealed class AlertsHealth(AlertDelivery delivery, AlertChannels channels, TimeProvider clock) : IHealthCheck
{
    /// <summary>Read along with the pulse; asked for here only when that stands still.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await delivery.ReadAsync(MaxAge, cancellationToken);
        return state.IsStuck(clock.GetUtcNow())
                ? HealthCheckResult.Degraded(
                    FormattableString.Invariant(
                        $"{state.Waiting} messages wait, none delivered for {AlertDelivery.TimeLimit.TotalMinutes:0} minutes: check the "
                    ) + "channels with alerts test"
                )
            : state.IsTelegramSilent(clock.GetUtcNow())
                ? HealthCheckResult.Degraded(
                    FormattableString.Invariant(
                        $"Telegram has not answered for {AlertDelivery.TimeLimit.TotalMinutes:0} minutes: check TELEGRAM_BOT_TOKEN and "
                    ) + "the workers' way out with alerts test"
                )
            : state.LastSuccess == 0 && channels.Configured.Length == 0 ? HealthCheckResult.Healthy("not configured here")
            : HealthCheckResult.Healthy(
                FormattableString.Invariant($"{state.Waiting} messages wait, {state.OpenIncidents} open incidents")
            );
    }
}
