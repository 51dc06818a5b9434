using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// Writes violations to <c>ip_rate_limits</c>, the ledger that operators read. Refusals are summed up in memory and written once a second,
/// one row per address and budget, so a flood of refusals costs the database next to nothing; the first of each also becomes a security
/// event.
/// </summary>
public sealed partial class RateLimitLedger(Db db, SecurityEvents events, TimeProvider clock, ILogger<RateLimitLedger> logger)
    : IRecurringJob
{
    public const string CleanUpSql =
        "DELETE FROM ip_rate_limits WHERE last_request < now() - interval '7 days' AND (blocked_until IS NULL OR blocked_until < now())";

    public const string UnblockSql = "DELETE FROM ip_rate_limits WHERE ip_address = @address::inet OR ip_address = @network::inet";

    public const string BlockSql = """
        INSERT INTO ip_rate_limits (ip_address, endpoint, blocked_until, reason) VALUES (@address::inet, '*', now() + @duration, @reason)
        RETURNING blocked_until
        """;

    /// <summary>What <c>reason</c> says of rows that the limiter wrote.</summary>
    public const string LimiterReason = "limit_exceeded";
    private const int MaxPending = 10_000;
    private static readonly TimeSpan EventEvery = TimeSpan.FromMinutes(5);

    // The first refusal starts the block; refusals during a block do not prolong it.
    private const string Sql = """
        INSERT INTO ip_rate_limits AS l (ip_address, endpoint, request_count, window_start, blocked_until, user_agent, reason)
        SELECT * FROM unnest(@addresses::inet[], @budgets::text[], @counts::int[], @starts::timestamptz[], @blocks::timestamptz[],
            @agents::text[], @reasons::text[])
        ON CONFLICT (ip_address, endpoint) WHERE endpoint <> '*' DO UPDATE SET
            request_count = CASE WHEN l.window_start < excluded.window_start THEN excluded.request_count
                ELSE l.request_count + excluded.request_count END,
            window_start = greatest(l.window_start, excluded.window_start),
            blocked_until = CASE WHEN l.blocked_until > now() THEN l.blocked_until ELSE excluded.blocked_until END,
            reason = CASE WHEN l.blocked_until > now() THEN l.reason ELSE excluded.reason END,
            last_request = now(), user_agent = excluded.user_agent
        """;

    private readonly ConcurrentDictionary<(string Address, string Budget), Violation> pending = new();
    private readonly ConcurrentDictionary<(string Address, string Budget), long> announced = new();
    private int runs;

    private sealed record Violation(RateBudget Budget, int Count, DateTimeOffset At, string? UserAgent, string? RequestId, Guid? UserId);

    /// <summary>Notes one refusal. Never waits for the database.</summary>
    /// <param name="address">The caller's address or /64.</param>
    /// <param name="budget">The budget that was exceeded.</param>
    /// <param name="used">Requests that the caller made within it.</param>
    /// <param name="context">Where it came from.</param>
    public void Note(string address, RateBudget budget, int used, (string? UserAgent, string? RequestId, Guid? UserId) context)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (pending.Count < MaxPending)
        {
            pending.AddOrUpdate(
                (address, budget.Name),
                _ => new Violation(budget, used + 1, clock.GetUtcNow(), context.UserAgent, context.RequestId, context.UserId),
                (_, v) => v with { Count = v.Count + 1 }
            );
        }
    }

    /// <summary>Writes what is pending.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        var batch = new List<(string Address, Violation Violation)>();
        foreach (var key in pending.Keys)
        {
            if (pending.TryRemove(key, out var violation))
            {
                batch.Add((key.Address, violation));
            }
        }

        if (batch.Count == 0)
        {
            return;
        }

        await db.ExecuteAsync(
            Sql,
            new
            {
                addresses = batch.Select(b => b.Address).ToArray(),
                budgets = batch.Select(b => b.Violation.Budget.Name).ToArray(),
                counts = batch.Select(b => b.Violation.Count).ToArray(),
                starts = batch
                    .Select(b => new DateTimeOffset(
                        b.Violation.At.Ticks - (b.Violation.At.Ticks % b.Violation.Budget.Window.Ticks),
                        TimeSpan.Zero
                    ))
                    .ToArray(),
                blocks = batch
                    .Select(b =>
                        b.Violation.Budget.Block > TimeSpan.Zero ? b.Violation.At + b.Violation.Budget.Block : (DateTimeOffset?)null
                    )
                    .ToArray(),
                agents = batch.Select(b => SecurityEvents.Clean(b.Violation.UserAgent, 512)).ToArray(),
                reasons = batch.Select(_ => LimiterReason).ToArray(),
            },
            ct
        );

        foreach (var (address, violation) in batch.Where(b => IsNews(b.Address, b.Violation.Budget)))
        {
            Log.Exceeded(logger, violation.Budget.Name, address);
            await events.RecordAsync(
                new SecurityEvent(SecurityEventTypes.ApiAccess)
                {
                    Severity = "high",
                    Status = "failure",
                    Action = LimiterReason,
                    ResourceType = "rate_limit",
                    ResourceId = violation.Budget.Name,
                    UserId = violation.UserId,
                    IpAddress = System.Net.IPAddress.Parse(address.Split('/')[0]),
                    UserAgent = violation.UserAgent,
                    RequestId = violation.RequestId,
                    Metadata = new
                    {
                        limit = violation.Budget.Limit,
                        windowSeconds = (int)violation.Budget.Window.TotalSeconds,
                        requests = violation.Count,
                    },
                },
                ct
            );
        }
    }

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public bool RunsAtStart => false;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
            if (runs++ % 600 == 300)
            {
                await db.ExecuteAsync(PostgresRateCounter.PurgeSql + ";" + FallbackRateCounter.PurgeSql, null, ct);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            Log.NotWritten(logger, exception.GetType().Name);
        }
    }

    /// <summary>One event per address and budget in five minutes.</summary>
    private bool IsNews(string address, RateBudget budget)
    {
        var now = clock.GetTimestamp();
        if (announced.Count > MaxPending)
        {
            announced.Clear();
        }

        var key = (address, budget.Name);
        if (announced.TryGetValue(key, out var last) && clock.GetElapsedTime(last, now) < EventEvery)
        {
            return false;
        }

        announced[key] = now;
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "rate limit {Budget} exceeded ip:{Address} 429 Too many requests")]
        public static partial void Exceeded(ILogger logger, string budget, string address);

        [LoggerMessage(2, LogLevel.Warning, "Rate limits: the ledger could not be written ({Reason}); trying again")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
