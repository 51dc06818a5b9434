using System.Globalization;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Usage;

/// <summary>Who spends, for what: one per analysis run. Thread-safe only for one call at a time.</summary>
/// <param name="RunKey">Unique per run; for jobs derived from the job id.</param>
/// <param name="Attempt">The job's attempt, 1 for synchronous calls.</param>
/// <param name="UserId">Owner.</param>
/// <param name="JobId">The job, if any.</param>
/// <param name="CorrelationId">Follows the request through every log.</param>
public sealed record LedgerRun(string RunKey, int Attempt, Guid UserId, Guid? JobId, string CorrelationId);

/// <summary>What an upstream charged for one call.</summary>
/// <param name="PromptTokens">Input.</param>
/// <param name="CompletionTokens">Output, reasoning included.</param>
/// <param name="CachedTokens">Part of the input that the provider had cached.</param>
/// <param name="Estimated">True when a tokenizer counted because the server stated nothing.</param>
public sealed record TokenUsage(int PromptTokens, int CompletionTokens, int CachedTokens = 0, bool Estimated = false)
{
    /// <summary>Refused or never sent: nothing is billed.</summary>
    public static readonly TokenUsage None = new(0, 0);

    public int Total => PromptTokens + CompletionTokens;
}

/// <summary>Figures of one run for <c>video_analysis_logs</c>; unknown calls count with their upper bound.</summary>
public sealed record RunTotals
{
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public string? Model { get; init; }

    public decimal? CostUsd { get; init; }
}

/// <summary>A spend cap is reached; <see cref="Scope"/> is run, user or global.</summary>
public sealed class SpendCapException(string scope) : Exception($"The token cap of this {scope} is reached.")
{
    public SpendCapException()
        : this("run") { }

    public string Scope { get; } = scope;
}

/// <summary>
/// The token ledger: one row per upstream attempt, written before the request leaves and settled after the answer. A process that
/// dies between leaves an intent, which <see cref="ReconcileAsync"/> turns into an upper bound. Caps are enforced with the intent.
/// </summary>
public sealed class AiUsageLedger(Db db, IOptions<SpendOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
    private readonly SpendOptions options = options.Value;

    /// <summary>Reserves <paramref name="promptUpperBound"/> + <paramref name="completionUpperBound"/> tokens and writes the
    /// intent.</summary>
    /// <returns>Id of the ledger row.</returns>
    /// <exception cref="SpendCapException">The call would exceed a cap; nothing is written.</exception>
    public async Task<Guid> ReserveAsync(
        LedgerRun run,
        string feature,
        string model,
        int promptUpperBound,
        int completionUpperBound,
        TimeSpan timeout,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var reserved = promptUpperBound + completionUpperBound;
        return await db.InTransactionAsync(
            async scope =>
            {
                var tierLimit = await scope.ScalarAsync<long?>(AiUsageSql.TierLimit, new { userId = run.UserId });
                // Always in this order, so that runs never wait for each other in a circle; the shared row last and shortest.
                await ReserveShareAsync(scope, "run", RunScope(run.RunKey), "-", reserved, options.RunTokens);
                await ReserveShareAsync(
                    scope,
                    "user",
                    UserScope(run.UserId),
                    Month(now),
                    reserved,
                    Smaller(options.UserMonthTokens, tierLimit)
                );
                await ReserveShareAsync(scope, "global", GlobalScope, Day(now), reserved, options.GlobalDayTokens);
                await scope.ExecuteAsync(
                    AiUsageSql.Insert,
                    new
                    {
                        id,
                        run.RunKey,
                        run.Attempt,
                        run.UserId,
                        run.JobId,
                        run.CorrelationId,
                        feature,
                        model,
                        prompt = promptUpperBound,
                        reserved,
                        now,
                        deadline = now + timeout + Grace,
                    }
                );
                return id;
            },
            ct
        );
    }

    /// <summary>Records what was billed. Also corrects a row that was already reconciled as unknown.</summary>
    public Task SettleAsync(Guid id, TokenUsage usage, decimal? costUsd, string outcome, string? requestId)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return CloseAsync(
            AiUsageSql.Settle,
            new
            {
                id,
                usage.PromptTokens,
                usage.CompletionTokens,
                usage.CachedTokens,
                usage.Estimated,
                costUsd,
                outcome,
                requestId,
                now = time.GetUtcNow(),
            }
        );
    }

    /// <summary>Nobody saw the answer (timeout, cut connection, cancel): the upper bound counts.</summary>
    public Task SettleUnknownAsync(Guid id, string outcome) =>
        CloseAsync(
            AiUsageSql.Unknown,
            new
            {
                id,
                outcome,
                now = time.GetUtcNow(),
            }
        );

    /// <summary>Turns intents whose caller is gone into upper bounds. Safe to run anywhere, any number of times.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> ReconcileAsync(CancellationToken ct)
    {
        var lost = await db.QueryAsync<Guid>(
            "SELECT id FROM llm_calls WHERE status = 'intent' AND deadline_at < @now ORDER BY deadline_at LIMIT 500",
            new { now = time.GetUtcNow() },
            ct
        );
        foreach (var id in lost)
        {
            await SettleUnknownAsync(id, "lost");
        }

        return lost.Count;
    }

    /// <summary>Sums the calls of one run (one attempt of a job).</summary>
    public async Task<RunTotals> TotalsAsync(LedgerRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        return await db.FirstOrDefaultAsync<RunTotals>(AiUsageSql.Totals, new { run.RunKey, run.Attempt }, ct) ?? new RunTotals();
    }

    private const string GlobalScope = "global";

    private static string RunScope(string runKey) => "run:" + runKey;

    /// <summary>Forgets what the account has spent this month; calls that are under way stay reserved.</summary>
    public Task ResetUserAsync(DbScope scope, Guid userId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(
            AiUsageSql.ResetUser,
            new
            {
                userId,
                scope = UserScope(userId),
                period = Month(time.GetUtcNow()),
            }
        );
    }

    private static string UserScope(Guid userId) => "user:" + userId.ToString("D");

    private static string Month(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Smaller(long cap, long? tierLimit) =>
        tierLimit is null or < 0 ? cap
        : cap == 0 ? Math.Max(tierLimit.Value, 1)
        : Math.Min(cap, Math.Max(tierLimit.Value, 1));

    private static async Task ReserveShareAsync(DbScope scope, string name, string key, string period, int tokens, long cap)
    {
        var reserved =
            (cap == 0 || tokens <= cap)
            && await scope.ExecuteAsync(
                AiUsageSql.Reserve,
                new
                {
                    scope = key,
                    period,
                    tokens,
                    cap = cap == 0 ? long.MaxValue : cap,
                }
            ) == 1;
        if (!reserved)
        {
            throw new SpendCapException(name);
        }
    }

    /// <summary>Accounting outlives the caller's deadline: it has its own short deadline instead of the request's token.</summary>
    private async Task CloseAsync(string sql, object parameters)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await db.InTransactionAsync(
            async scope =>
            {
                if (await scope.FirstOrDefaultAsync<ClosedRow>(sql, parameters) is not { } row)
                {
                    return 0;
                }

                var created = new DateTimeOffset(DateTime.SpecifyKind(row.CreatedAt, DateTimeKind.Utc));
                var delta = row.NewTokens - row.OldTokens;
                await scope.ExecuteAsync(
                    AiUsageSql.Adjust,
                    new
                    {
                        scope = RunScope(row.RunKey),
                        period = "-",
                        delta,
                    }
                );
                await scope.ExecuteAsync(
                    AiUsageSql.Adjust,
                    new
                    {
                        scope = UserScope(row.UserId),
                        period = Month(created),
                        delta,
                    }
                );
                await scope.ExecuteAsync(
                    AiUsageSql.Adjust,
                    new
                    {
                        scope = GlobalScope,
                        period = Day(created),
                        delta,
                    }
                );
                return await scope.ExecuteAsync(AiUsageSql.Usage, new { row.Id });
            },
            deadline.Token
        );
    }

    private sealed record ClosedRow
    {
        public Guid Id { get; init; }

        public string RunKey { get; init; } = "";

        public Guid UserId { get; init; }

        public DateTime CreatedAt { get; init; }

        public int OldTokens { get; init; }

        public int NewTokens { get; init; }
    }
}
