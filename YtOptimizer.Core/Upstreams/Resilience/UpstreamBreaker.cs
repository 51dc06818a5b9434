using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Upstreams.Resilience;

/// <summary>Whether a call may leave now.</summary>
/// <param name="Allowed">False: do not call before <paramref name="Until"/>.</param>
/// <param name="IsTrial">The one call by which the fleet finds out whether the upstream works again.</param>
/// <param name="Reason">Why not, e.g. <c>failures</c>, <c>quotaExceeded</c>.</param>
/// <param name="Until">When a call may be allowed again.</param>
public sealed record BreakerPermit(bool Allowed, bool IsTrial, string? Reason, DateTimeOffset? Until);

/// <summary>
/// Circuit breaker whose state is a row in Postgres: all instances stop together, and when the pause ends exactly one of them
/// makes the trial call.
/// </summary>
public sealed partial class UpstreamBreaker(Db db, TimeProvider time, ILogger<UpstreamBreaker> logger)
{
    /// <summary>Failures within <see cref="Window"/> that open the circuit.</summary>
    public const int Threshold = 5;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>First pause; doubles up to <see cref="LongestPause"/> while trials fail.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(40);

    /// <summary>A trial whose caller died is given to another one after this.</summary>
    public static readonly TimeSpan TrialLease = TimeSpan.FromSeconds(60);

    private const string ReadSql = "SELECT state, reason, open_until, trial_until FROM upstream_states WHERE upstream = @upstream";

    private const string TrialSql = """
        UPDATE upstream_states SET state = 'half_open', trial_until = @trialUntil, updated_at = @now
        WHERE upstream = @upstream
          AND (state = 'open' AND (open_until <= @now OR credential IS DISTINCT FROM @credential AND credential IS NOT NULL)
            OR state = 'half_open' AND trial_until <= @now)
        """;

    private const string SucceededSql = """
        UPDATE upstream_states
        SET state = 'closed', reason = NULL, failures = 0, opens = 0, open_until = NULL, trial_until = NULL, credential = NULL,
            updated_at = @now
        WHERE upstream = @upstream AND (@isTrial AND state <> 'closed' OR state = 'closed' AND failures > 0)
        """;

    private const string FailedSql = """
        INSERT INTO upstream_states AS s (upstream, failures, last_failure_at, updated_at) VALUES (@upstream, 1, @now, @now)
        ON CONFLICT (upstream) DO UPDATE SET
            failures = CASE WHEN s.last_failure_at < @windowStart THEN 1 ELSE s.failures + 1 END,
            last_failure_at = @now, updated_at = @now
        RETURNING failures, state, opens
        """;

    private const string OpenSql = """
        INSERT INTO upstream_states AS s (upstream, state, reason, opens, open_until, credential, updated_at)
        VALUES (@upstream, 'open', @reason, 1, @until, @credential, @now)
        ON CONFLICT (upstream) DO UPDATE SET
            state = 'open', reason = @reason, opens = s.opens + 1, open_until = @until, trial_until = NULL, credential = @credential,
                updated_at = @now
        WHERE @isTrial OR s.state = 'closed' OR s.open_until < @until
        """;

    /// <param name="upstream">Row name: youtube, oembed, openai, transcription, images.</param>
    /// <param name="secret">The key in use; a circuit opened for another key does not hold this one back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<BreakerPermit> AskAsync(string upstream, string? secret, CancellationToken ct)
    {
        var row = await db.FirstOrDefaultAsync<StateRow>(ReadSql, new { upstream }, ct);
        if (row is null || row.State == "closed")
        {
            return new BreakerPermit(true, false, null, null);
        }

        var now = time.GetUtcNow();
        var taken = await db.ExecuteAsync(
            TrialSql,
            new
            {
                upstream,
                now,
                trialUntil = now + TrialLease,
                credential = Fingerprint(secret),
            },
            ct
        );
        return taken == 1
            ? new BreakerPermit(true, true, row.Reason, null)
            : new BreakerPermit(false, false, row.Reason, Utc(row.State == "open" ? row.OpenUntil : row.TrialUntil));
    }

    public Task SucceededAsync(string upstream, BreakerPermit permit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(permit);
        return db.ExecuteAsync(
            SucceededSql,
            new
            {
                upstream,
                isTrial = permit.IsTrial,
                now = time.GetUtcNow(),
            },
            ct
        );
    }

    /// <summary>Counts a transient failure (5xx, timeout, network, rate limit); opens the circuit at the threshold or after a failed
    /// trial.</summary>
    public async Task FailedAsync(string upstream, BreakerPermit permit, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(permit);
        var now = time.GetUtcNow();
        var row = (
            await db.FirstOrDefaultAsync<FailureRow>(
                FailedSql,
                new
                {
                    upstream,
                    now,
                    windowStart = now - Window,
                },
                ct
            )
        )!;
        if (permit.IsTrial || (row.State == "closed" && row.Failures >= Threshold))
        {
            var pause = TimeSpan.FromSeconds(
                Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(row.Opens, 6)))
            );
            await OpenAsync(upstream, permit, reason, now + pause, null, ct);
        }
    }

    /// <summary>Opens at once: quota used up, key refused.</summary>
    public async Task OpenAsync(
        string upstream,
        BreakerPermit permit,
        string reason,
        DateTimeOffset until,
        string? refusedSecret,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(permit);
        var opened = await db.ExecuteAsync(
            OpenSql,
            new
            {
                upstream,
                reason,
                until = until.ToUniversalTime(),
                credential = refusedSecret is null ? null : Fingerprint(refusedSecret),
                isTrial = permit.IsTrial,
                now = time.GetUtcNow(),
            },
            ct
        );
        if (opened > 0)
        {
            Log.Opened(logger, upstream, reason, until);
        }
    }

    private static DateTimeOffset? Utc(DateTime? value) =>
        value is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    private static string? Fingerprint(string? secret) =>
        secret is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 8));

    private sealed record StateRow
    {
        public string State { get; init; } = "closed";

        public string? Reason { get; init; }

        public DateTime? OpenUntil { get; init; }

        public DateTime? TrialUntil { get; init; }
    }

    private sealed record FailureRow
    {
        public int Failures { get; init; }

        public string State { get; init; } = "closed";

        public int Opens { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Circuit of {Upstream} opened until {Until:O}: {Reason}")]
        public static partial void Opened(ILogger logger, string upstream, string reason, DateTimeOffset until);
    }
}
