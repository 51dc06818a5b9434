using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.Usage;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Accounts;

/// <summary>Caps, crashes and late answers.</summary>
public sealed class AiUsageLedgerTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(45);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 30, 23, 50, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task CrashBetweenIntentAndSettlement_BecomesAnUpperBound_AndALateAnswerCorrectsIt()
    {
        var ledger = Ledger();
        var run = Run(await fixture.UserAsync());
        var id = await ledger.ReserveAsync(run, "video_suggestions", "m", 900, 1800, Timeout, Ct);
        Assert.Equal(0, await ledger.ReconcileAsync(Ct));

        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await ledger.ReconcileAsync(Ct));
        Assert.Equal(0, await ledger.ReconcileAsync(Ct));
        Assert.Equal(2700, await UsageAsync());

        await ledger.SettleAsync(id, new TokenUsage(700, 300), 0.01m, "complete", "req-1");
        await ledger.SettleAsync(id, new TokenUsage(700, 300), 0.01m, "complete", "req-1");
        Assert.Equal(1000, await UsageAsync());
        Assert.Equal(1000, await CounterAsync("global"));
        Assert.Equal(
            new RunTotals
            {
                PromptTokens = 700,
                CompletionTokens = 300,
                Model = "m",
                CostUsd = 0.01m,
            },
            await ledger.TotalsAsync(run, Ct)
        );
    }

    [Fact]
    public async Task RepeatedRunOfTheSameAttempt_GetsRowsOfItsOwn()
    {
        var run = Run(await fixture.UserAsync());
        await Ledger().ReserveAsync(run, "f", "m", 1, 1, Timeout, Ct);
        await Ledger().ReserveAsync(run, "f", "m", 1, 1, Timeout, Ct);
        Assert.Equal([1, 2], await fixture.Db.QueryAsync<int>("SELECT call_no FROM llm_calls ORDER BY call_no", null, Ct));
    }

    [Theory]
    [InlineData("Spend:RunTokens", "run")]
    [InlineData("Spend:UserMonthTokens", "user")]
    [InlineData("Spend:GlobalDayTokens", "global")]
    public async Task Cap_IsNeverExceeded_HoweverManyAskAtOnce(string setting, string scope)
    {
        IReadOnlyList<AiUsageLedger> fleet = [Ledger(new() { [setting] = "1000" }), Ledger(new() { [setting] = "1000" })];
        var run = Run(await fixture.UserAsync());
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async number =>
                {
                    try
                    {
                        await fleet[number % 2].ReserveAsync(run, "f", "m", 50, 50, Timeout, Ct);
                        return null;
                    }
                    catch (SpendCapException capped)
                    {
                        return capped.Scope;
                    }
                    catch (Npgsql.PostgresException conflict) when (conflict.SqlState == "23505")
                    {
                        return "conflict";
                    }
                })
        );

        Assert.Equal(10, results.Count(result => result is null));
        Assert.All(results.OfType<string>(), result => Assert.Equal(scope, result));
        Assert.Equal(1000, await CounterAsync("global"));
        Assert.Equal(10, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls", null, Ct));
    }

    [Fact]
    public async Task TierLimit_IsTheMonthlyCapOfTheAccount()
    {
        var run = Run(await fixture.UserAsync("free"));
        var ledger = Ledger();
        await ledger.ReserveAsync(run, "f", "m", 6000, 3000, Timeout, Ct);
        Assert.Equal(
            "user",
            (await Assert.ThrowsAsync<SpendCapException>(() => ledger.ReserveAsync(run, "f", "m", 1000, 500, Timeout, Ct))).Scope
        );

        time.Advance(TimeSpan.FromMinutes(15)); // December
        await ledger.ReserveAsync(run, "f", "m", 1000, 500, Timeout, Ct);
    }

    [Fact]
    public async Task Settlement_ReturnsWhatWasNotUsed_ToThePeriodItWasTakenFrom()
    {
        var ledger = Ledger();
        var id = await ledger.ReserveAsync(Run(await fixture.UserAsync()), "f", "m", 500, 500, Timeout, Ct);
        time.Advance(TimeSpan.FromMinutes(15)); // next day, next month
        await ledger.SettleAsync(id, TokenUsage.None, null, "status_500", null);
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT sum(tokens) FROM spend_counters", null, Ct));
        Assert.Equal(0, await UsageAsync());
    }

    private static LedgerRun Run(Guid user) => new("job:" + Guid.CreateVersion7().ToString("D"), 1, user, null, "test");

    private AiUsageLedger Ledger(Dictionary<string, string?>? settings = null) =>
        fixture.Instance(settings, time).GetRequiredService<AiUsageLedger>();

    private Task<long> UsageAsync() =>
        fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM user_token_usage", null, Ct);

    private Task<long> CounterAsync(string scope) =>
        fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope = @scope", new { scope }, Ct);
}
