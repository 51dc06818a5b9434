using System.Collections.Concurrent;
using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// The counter while the cache is away: instances draw small shares of a budget from Postgres and spend them locally, so the fleet stays
/// within the limit at a hundredth of the writes. With Postgres away too, an instance counts its part of the budget for itself rather than
/// refusing everybody.
/// </summary>
internal sealed class FallbackRateCounter(Db db, TimeProvider clock, Func<int> instances)
{
    internal const string PurgeSql = "DELETE FROM rate_limit_shares WHERE expires_at < now()";

    private const int Stripes = 64;
    private const int MaxCallers = 50_000;

    /// <summary>
    /// A draw that fails on a busy machine is repeated: an instance that went on alone at the first failure would admit the rest of the
    /// budget by itself, beside the others.
    /// </summary>
    private static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DenialCache = TimeSpan.FromMilliseconds(250);

    // Two adjoining windows; the former counts by the share of it that the sliding window still covers.
    private const string DrawSql = """
        INSERT INTO rate_limit_shares AS s (key, window_start, base, used, granted, expires_at)
        VALUES (@key, clock_timestamp(), @floor, least(@want, greatest(0, @limit - @floor)), least(@want, greatest(0, @limit - @floor)),
            clock_timestamp() + 2 * @window::interval)
        ON CONFLICT (key) DO UPDATE SET (window_start, previous, base, used, granted, expires_at) = (
            SELECT r.start, r.previous, r.base, r.used + r.share, r.share, clock_timestamp() + 2 * @window::interval
            FROM (SELECT w.*, greatest(0, least(@want, @limit - w.base - w.used
                             - ceil(w.previous * (1 - extract(epoch FROM clock_timestamp() - w.start) / extract(epoch
                                 FROM @window::interval)))::int)) AS share
                  FROM (SELECT CASE WHEN e.n = 0 THEN s.window_start WHEN e.n = 1 THEN s.window_start + @window::interval
                      ELSE clock_timestamp() END AS start,
                               CASE WHEN e.n = 0 THEN s.previous WHEN e.n = 1 THEN s.base + s.used ELSE 0 END AS previous,
                               CASE WHEN e.n = 0 THEN greatest(s.base, @floor) ELSE 0 END AS base,
                               CASE WHEN e.n = 0 THEN s.used ELSE 0 END AS used
                        FROM (SELECT floor(extract(epoch FROM clock_timestamp() - s.window_start) / extract(epoch
                            FROM @window::interval))::int AS n) e) w) r)
        RETURNING granted, base + used AS used, greatest(0.001, extract(epoch
            FROM window_start + @window::interval - clock_timestamp()))::float8 AS seconds
        """;

    // Whoever knew most of a caller before the outage is right.
    private const string PublishSql = """
        INSERT INTO rate_limit_shares AS s (key, window_start, base, expires_at)
        SELECT k.key, clock_timestamp(), k.base, clock_timestamp() + 2 * k.span
        FROM unnest(@keys::text[], @bases::int[], @spans::interval[]) AS k (key, base, span)
        ORDER BY k.key
        ON CONFLICT (key) DO UPDATE SET (window_start, previous, base, used, expires_at) = (
            SELECT CASE WHEN a.live THEN s.window_start ELSE excluded.window_start END, CASE WHEN a.live THEN s.previous ELSE 0 END,
                   CASE WHEN a.live THEN greatest(s.base, excluded.base) ELSE excluded.base END, CASE WHEN a.live THEN s.used ELSE 0 END,
                   greatest(s.expires_at, excluded.expires_at)
            FROM (SELECT s.expires_at > clock_timestamp() AS live) a)
        """;

    private const string TellersSql =
        "SELECT count(*)::int FROM rate_limit_shares WHERE key = ANY (@keys) AND expires_at > clock_timestamp()";

    private const string WithdrawSql = "DELETE FROM rate_limit_shares WHERE key = @key";

    private static readonly TimeSpan TellerSpan = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];
    private long failingSince;
    private readonly ConcurrentDictionary<string, Share> shares = new(StringComparer.Ordinal);

    private sealed record Row(int Granted, int Used, double Seconds);

    /// <summary>What this instance holds: tokens to spend until a time, and what it knows of the fleet's use.</summary>
    private sealed class Share
    {
        public int Tokens;
        public int Used;
        public long SpendUntil;
        public long DeniedUntil;

        /// <summary>Postgres was away at the last draw: the rest of the budget, by this instance's own account, was drawn.</summary>
        public bool IsAlone;
    }

    public async Task<RateDecision> TakeAsync(RateBudget budget, string caller, int floor, CancellationToken ct)
    {
        var key = $"{budget.Name}:{caller}";
        var gate = gates[(uint)StringComparer.Ordinal.GetHashCode(key) % Stripes];
        await gate.WaitAsync(ct);
        try
        {
            var share = shares.GetOrAdd(key, _ => new Share());
            var now = clock.GetTimestamp();
            if (now > share.SpendUntil)
            {
                share.Tokens = 0;
            }

            if (share.Tokens == 0 && now >= share.DeniedUntil)
            {
                await DrawAsync(budget, key, share, floor, ct);
            }

            var reset = share.Tokens > 0 || share.DeniedUntil == 0 ? share.SpendUntil : Math.Max(share.SpendUntil, share.DeniedUntil);
            var left = TimeSpan.FromSeconds(Math.Max(0, (reset - clock.GetTimestamp()) / (double)clock.TimestampFrequency));
            if (share.Tokens == 0)
            {
                return new RateDecision(false, Math.Min(budget.Limit, share.Used), left);
            }

            share.Tokens--;
            return new RateDecision(true, Math.Min(budget.Limit, share.Used - share.Tokens), left);
        }
        finally
        {
            gate.Release();
            Trim();
        }
    }

    /// <summary>What is known of this caller's use during the outage, for the cache's first answer after it; 0 when nothing is.</summary>
    public int UsedBy(RateBudget budget, string caller) =>
        shares.TryGetValue($"{budget.Name}:{caller}", out var share) && clock.GetTimestamp() < share.SpendUntil
            ? share.Used - share.Tokens
            : 0;

    /// <summary>Tells the fleet what this instance last heard from the cache, and that it has told all.</summary>
    public Task PublishAsync(string instance, IReadOnlyList<(string Key, int Used, TimeSpan Window)> known, CancellationToken ct) =>
        db.ExecuteAsync(
            PublishSql,
            new
            {
                keys = known.Select(k => k.Key).Append(TellerKey(instance)).ToArray(),
                bases = known.Select(k => k.Used).Append(0).ToArray(),
                spans = known.Select(k => k.Window).Append(TellerSpan).ToArray(),
            },
            ct
        );

    /// <summary>Whether these instances have told what they know.</summary>
    public async Task<bool> HavePublishedAsync(IReadOnlyList<string> others, CancellationToken ct) =>
        others.Count == 0 || await db.ScalarAsync<int>(TellersSql, new { keys = others.Select(TellerKey).ToArray() }, ct) == others.Count;

    public Task WithdrawAsync(string instance, CancellationToken ct) => db.ExecuteAsync(WithdrawSql, new { key = TellerKey(instance) }, ct);

    private static string TellerKey(string instance) => "instance:" + instance;

    private async Task DrawAsync(RateBudget budget, string key, Share share, int floor, CancellationToken ct)
    {
        var row = await AskAsync(budget, key, floor, ct);
        var isAlone = row is null;
        if (row is null)
        {
            // No one to ask: this instance admits its part of what is left of the budget, as far as it knows, once per window by its own
            // clock.
            var left = (share.SpendUntil - clock.GetTimestamp()) / (double)clock.TimestampFrequency;
            row =
                left <= 0
                    ? new Row(Part(budget.Limit - floor), budget.Limit, budget.Window.TotalSeconds)
                    : new Row(share.IsAlone ? 0 : Part(budget.Limit - share.Used), budget.Limit, left);
        }

        share.IsAlone = isAlone;
        share.Tokens = row.Granted;
        share.Used = row.Used;
        share.SpendUntil = clock.GetTimestamp() + (long)(row.Seconds * clock.TimestampFrequency);
        share.DeniedUntil = row.Granted > 0 ? 0 : clock.GetTimestamp() + (long)(DenialCache.TotalSeconds * clock.TimestampFrequency);
    }

    private int Part(int left) => left <= 0 ? 0 : Math.Max(1, left / Math.Max(1, instances()));

    /// <summary>Null when Postgres is away, not merely slow: no draw of this instance succeeded for a while.</summary>
    private async Task<Row?> AskAsync(RateBudget budget, string key, int floor, CancellationToken ct)
    {
        var want = Math.Clamp(budget.Limit / 100, 1, 50);
        while (true)
        {
            try
            {
                var row = await db.FirstOrDefaultAsync<Row>(
                    DrawSql,
                    new
                    {
                        key,
                        limit = budget.Limit,
                        floor,
                        want,
                        window = budget.Window,
                    },
                    ct
                );
                Volatile.Write(ref failingSince, 0);
                return row;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                var now = TimeProvider.System.GetTimestamp();
                var since = Interlocked.CompareExchange(ref failingSince, now, 0);
                if (since != 0 && TimeProvider.System.GetElapsedTime(since, now) >= AwayAfter)
                {
                    return null;
                }

                await Task.Delay(AskAgain, ct);
            }
        }
    }

    private void Trim()
    {
        if (shares.Count <= MaxCallers)
        {
            return;
        }

        var now = clock.GetTimestamp();
        foreach (var (key, share) in shares)
        {
            if (share.SpendUntil < now)
            {
                shares.TryRemove(key, out _);
            }
        }

        if (shares.Count > MaxCallers)
        {
            shares.Clear();
        }
    }
}
