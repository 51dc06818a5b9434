using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>One answer for all who ask for the same video: kept, shared while it is made, and used when the server is away.</summary>
public sealed class SuggestionCacheTests(UpstreamFixture upstreams) : SuggestionTestBase(upstreams)
{
    [Fact]
    public async Task Answer_IsUsed_Settled_AndCached()
    {
        var service = Fixture.Instance();
        Assert.Equal("llm", (await AskAsync(service)).Origin);
        var again = await AskAsync(Fixture.Instance());
        Assert.Equal("cache", again.Origin);
        Assert.Equal("A title", again.Candidates!.Titles[0].Text);
        Assert.Equal(1, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task KillSwitch_UsesWhatIsCached_AndAsksNobody()
    {
        await AskAsync(Fixture.Instance());
        Dictionary<string, string?> off = new() { ["AI_ENABLED"] = "false" };
        Assert.Equal("cache", (await AskAsync(Fixture.Instance(off))).Origin);
        var edited = await AskAsync(Fixture.Instance(off), Video with { Description = "Edited since." }, "dQw4w9WgXcQ");
        Assert.Equal(("deterministic", "ai_disabled"), (edited.Origin, edited.Failure));
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Outage_OlderAnswerOfTheSameVideo_IsUsedAndSaysSo()
    {
        await AskAsync(Fixture.Instance(), Video, "dQw4w9WgXcQ");
        OpenAi.Chat.Default = FakeOpenAi.Error(500, "server_error");
        var outcome = await AskAsync(Fixture.Instance(), Video with { Description = "Edited since." }, "dQw4w9WgXcQ");
        Assert.Equal(("stale_cache", "server_error"), (outcome.Origin, outcome.Failure));
        Assert.NotNull(outcome.CreatedAt);
    }

    [Fact]
    public async Task SameVideoAtOnce_OnTwoInstances_IsOneCall()
    {
        var gate = new TaskCompletionSource();
        OpenAi.Chat.Default = new FakeReply(async context =>
        {
            await gate.Task;
            await OpenAi.Answer(Suggestions.Answer()).SendAsync(context);
        });
        IServiceProvider[] fleet = [Fixture.Instance(), Fixture.Instance()];
        var asking = Enumerable.Range(0, 12).Select(number => AskAsync(fleet[number % 2])).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(Calls >= 1), "the first call");
        gate.SetResult();
        var outcomes = await Task.WhenAll(asking);
        Assert.Equal(1, Calls);
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Candidates));
        Assert.Single(outcomes, outcome => outcome.Origin == "llm");
    }

    [Fact]
    public async Task DeadHolderOfAFlight_KeepsOthersWaitingForItsLeaseOnly()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var service = Fixture.Instance(time: time);
        await AskAsync(service);
        var key = await Fixture.Db.ScalarAsync<string>("SELECT cache_key FROM suggestion_cache", null, Ct);
        await Fixture.Db.ExecuteAsync("TRUNCATE suggestion_cache", null, Ct);
        // A process that was killed in its call: nobody renews or releases.
        Assert.True(
            await service.GetRequiredService<SuggestionCache>().AcquireAsync(key!, Guid.CreateVersion7(), SuggestionFlight.Lease, Ct)
        );
        var waiting = AskAsync(service);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(0.25));
                return Task.FromResult(waiting.IsCompleted);
            },
            "the lease runs out"
        );
        Assert.Equal("llm", (await waiting).Origin);
        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task LongCall_KeepsItsFlight_FromASecondInstance()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        Dictionary<string, string?> patient = new() { ["OpenAi:AttemptTimeout"] = "00:10:00", ["OpenAi:OverallTimeout"] = "00:10:00" };
        var gate = new TaskCompletionSource();
        OpenAi.Chat.Default = new FakeReply(async context =>
        {
            await gate.Task;
            await OpenAi.Answer(Suggestions.Answer()).SendAsync(context);
        });
        var first = AskAsync(Fixture.Instance(patient, time));
        await Eventually.TrueAsync(() => Task.FromResult(Calls == 1), "the first call");
        var second = AskAsync(Fixture.Instance(patient, time));
        var start = time.GetUtcNow();
        await Eventually.TrueAsync(
            async () =>
            {
                // Only as fast as the lease is seen to move.
                var until = await Fixture.Db.ScalarAsync<DateTime?>("SELECT lease_until FROM suggestion_flights", null, Ct);
                if (until - time.GetUtcNow().UtcDateTime > TimeSpan.FromSeconds(6))
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                }

                return time.GetUtcNow() - start > TimeSpan.FromSeconds(40);
            },
            "forty seconds pass"
        );
        Assert.Equal(1, Calls);
        gate.SetResult();
        Assert.Equal(("llm", "cache"), ((await first).Origin, (await AdvancingAsync(time, second)).Origin));
    }

    private static async Task<LlmOutcome> AdvancingAsync(FakeTimeProvider time, Task<LlmOutcome> task)
    {
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                return Task.FromResult(task.IsCompleted);
            },
            "the waiting instance looks again"
        );
        return await task;
    }
}
