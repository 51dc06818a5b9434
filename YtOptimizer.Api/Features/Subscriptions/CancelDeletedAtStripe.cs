using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>
/// Nobody pays for an account that is gone: a trigger notes the subscriptions of deleted rows, and here Stripe is told, until it has taken
/// it. Any number of processes may run it.
/// </summary>
internal sealed partial class CancelDeletedAtStripe(
    Db db,
    StripeGateway gateway,
    IOptions<StripeOptions> options,
    ILogger<CancelDeletedAtStripe> logger
) : IRecurringJob
{
    // Taken for some minutes, longer with every attempt, so that another process does not ask at the same time.
    private const string ClaimSql = """
        UPDATE stripe_cancellations SET attempts = attempts + 1, next_at = now() + least(attempts + 1, 12) * interval '5 minutes'
        WHERE id = (SELECT c.id FROM stripe_cancellations c WHERE c.done_at IS NULL AND c.next_at <= now()
            ORDER BY c.next_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    private const string DoneSql = "UPDATE stripe_cancellations SET done_at = now() WHERE id = @id";

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken ct)
    {
        while (options.Value.IsConfigured && await db.ScalarAsync<string>(ClaimSql, null, ct) is { } id)
        {
            try
            {
                await gateway.CancelAsync(id, ct);
                await db.ExecuteAsync(DoneSql, new { id }, ct);
            }
            catch (PaymentProviderException error)
            {
                LogFailed(logger, error.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The subscription of a deleted account is not cancelled yet: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
