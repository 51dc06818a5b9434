using Npgsql;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Finds alert messages that wait on a channel which may send now.</summary>
internal sealed class AlertOutboxPulse(AlertChannels channels) : PulsePart("alerts", TimeSpan.FromSeconds(1))
{
    private int isDue;

    /// <summary>True at the last look.</summary>
    public bool IsDue => Volatile.Read(ref isDue) == 1;

    public override string Sql =>
        """
            EXISTS (SELECT 1 FROM alert_outbox o WHERE o.sent_at IS NULL AND o.due_at <= now() AND o.channel = ANY (@alerts_channels)
                AND NOT EXISTS (SELECT 1 FROM alert_channels c WHERE c.channel = o.channel AND c.next_at > now()))
            """;

    public override void Bind(NpgsqlParameterCollection parameters) => parameters.AddWithValue("alerts_channels", channels.Configured);

    public override void Take(string? answer, long asked) => Volatile.Write(ref isDue, answer is "true" ? 1 : 0);
}
