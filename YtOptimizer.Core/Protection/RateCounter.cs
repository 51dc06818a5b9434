using System.Collections.Concurrent;
using Npgsql;
using StackExchange.Redis;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// Counts requests against budgets over all instances: durable budgets in Postgres, the others in the cache, and in Postgres by shares
/// while the cache is away. What was used before an outage is carried into it and out of it, so it gives nobody a second quota.
/// </summary>
public sealed class RateCounter
{
    private const int MaxRemembered = 50_000;
    private const int MaxPublished = 2_000;

    /// <summary>How long an instance waits for what the others know when the cache is lost.</summary>
    internal static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);
    private readonly PostgresRateCounter durable;
    private readonly FallbackRateCounter shared;
    private readonly RedisHealthMonitor circuit;
    private readonly TimeProvider clock;
    private volatile Task published = Task.CompletedTask;
    private readonly ConcurrentDictionary<(string Budget, string Caller), (RateBudget Budget, int Used, long Until)> lastKnown = new();
    private readonly ConcurrentDictionary<(string Budget, string Caller), long> exhausted = new();

    public RateCounter(Db db, RedisHealthMonitor circuit, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        durable = new PostgresRateCounter(db);
        shared = new FallbackRateCounter(db, clock, () => circuit.Others.Count + 1);
        this.circuit = circuit;
        this.clock = clock;
        circuit.OnLost = () => published = PublishAsync(published);
        circuit.OnBack = () => published = WithdrawAsync(published);
    }

    /// <summary>Takes one from the caller's budget.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Only for a durable budget while Postgres is away: such a request fails closed.</exception>
    public async Task<RateDecision> TakeAsync(RateBudget budget, string caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (budget.Durable)
        {
            return await durable.TakeAsync(budget, caller, ct);
        }

        if (circuit.Cache is { } cache)
        {
            var lost = circuit.Lost;
            var take = RedisRateCounter.TakeAsync(cache, budget, caller, shared.UsedBy(budget, caller));
            try
            {
                if (await Task.WhenAny(take, lost) == take || take.IsCompleted)
                {
                    var decision = await take;
                    Remember(budget, caller, decision.Used);
                    return decision;
                }

                _ = take.ContinueWith(
                    t => t.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default
                );
            }
            catch (RedisTimeoutException)
            {
                // One slow answer is not an outage; the probe decides that. This request is counted below.
            }
            catch (RedisException exception)
            {
                circuit.ReportFailure(exception);
            }
        }

        await published.WaitAsync(ct);
        return await shared.TakeAsync(budget, caller, Known(budget, caller), ct);
    }

    /// <summary>Gives one back: the request succeeded, and only failures count.</summary>
    public Task GiveBackAsync(RateBudget budget, string caller, CancellationToken ct) => durable.GiveBackAsync(budget, caller, ct);

    /// <summary>Counts a failure against a budget of the kind <see cref="RateBudget.Afterwards"/>.</summary>
    public async Task ChargeAsync(RateBudget budget, string caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var decision = await durable.TakeAsync(budget, caller, ct);
        if (decision.Used >= budget.Limit)
        {
            if (exhausted.Count > MaxRemembered)
            {
                exhausted.Clear();
            }

            exhausted[(budget.Name, caller)] = clock.GetTimestamp() + (long)(decision.ResetAfter.TotalSeconds * clock.TimestampFrequency);
        }
    }

    /// <summary>Whether failures have used a budget of that kind up, as far as this instance knows, without a round trip: the refusal, or
    /// null.</summary>
    public RateDecision? Exhausted(RateBudget budget, string caller)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return exhausted.TryGetValue((budget.Name, caller), out var until) && until - clock.GetTimestamp() is > 0 and var left
            ? new RateDecision(false, budget.Limit, TimeSpan.FromSeconds(left / (double)clock.TimestampFrequency))
            : null;
    }

    /// <summary>
    /// Tells the fleet what this instance knows (callers of whom a good part of the budget is used; the rest does not matter) and waits
    /// until the others have told theirs: one that went on before would give out again what only they have seen used. An instance that is
    /// dead or hangs is waited for once, for <see cref="PublishTimeout"/>.
    /// </summary>
    private async Task PublishAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var now = clock.GetTimestamp();
        var known = lastKnown
            .Where(k => now < k.Value.Until && k.Value.Used * 10 >= k.Value.Budget.Limit)
            .OrderByDescending(k => k.Value.Used)
            .Take(MaxPublished)
            .Select(k => ($"{k.Key.Budget}:{k.Key.Caller}", Math.Min(k.Value.Used, k.Value.Budget.Limit), k.Value.Budget.Window))
            .ToList();
        try
        {
            using var limit = new CancellationTokenSource(PublishTimeout, clock);
            await shared.PublishAsync(circuit.Instance, known, limit.Token);
            while (!await shared.HavePublishedAsync(circuit.Others, limit.Token))
            {
                await Task.Delay(AskAgain, clock, limit.Token);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            // Then each instance knows only its own; the shares still bound the fleet.
        }
    }

    // What was published for one outage says nothing of the next.
    private async Task WithdrawAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            using var limit = new CancellationTokenSource(PublishTimeout, clock);
            await shared.WithdrawAsync(circuit.Instance, limit.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            // It expires.
        }
    }

    private void Remember(RateBudget budget, string caller, int used)
    {
        if (lastKnown.Count > MaxRemembered)
        {
            lastKnown.Clear();
        }

        // Answers of one moment may arrive in another order than the cache counted them.
        var now = clock.GetTimestamp();
        var until = now + (long)(budget.Window.TotalSeconds * clock.TimestampFrequency);
        lastKnown.AddOrUpdate(
            (budget.Name, caller),
            _ => (budget, used, until),
            (_, known) =>
                until - known.Until < clock.TimestampFrequency ? (budget, Math.Max(used, known.Used), known.Until) : (budget, used, until)
        );
    }

    private int Known(RateBudget budget, string caller) =>
        lastKnown.TryGetValue((budget.Name, caller), out var known) && clock.GetTimestamp() < known.Until
            ? Math.Min(known.Used, budget.Limit)
            : 0;
}
