using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>A model server that fails: what is asked again, when, and what is not.</summary>
public sealed class SuggestionRetryTests(UpstreamFixture upstreams) : SuggestionTestBase(upstreams)
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task TransientStatus_IsRetriedByOneLayerOnly(int status)
    {
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(status, "later"), FakeOpenAi.Error(status, "later"));
        Assert.Equal("llm", (await AskAsync(Fixture.Instance())).Origin);
        Assert.Equal(3, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task LastingOutage_ThreeAttempts_ThenDeterministic_AndLogged()
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(500, "server_error");
        var service = Fixture.Instance();
        var outcome = await AskAsync(service);
        Assert.Equal(("deterministic", "server_error", true), (outcome.Origin, outcome.Failure, outcome.IsTransient));
        Assert.Equal(3, Calls);
        Assert.Contains(service.GetRequiredService<FakeLogCollector>().GetSnapshot(), record =>
            record.Message.Contains("OpenAI API error: status 500", StringComparison.Ordinal)
        );
        Assert.Equal(0, await Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM suggestion_cache", null, Ct));
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(429, "rate_limit_exceeded", "slow down", ("Retry-After", "7")));
        var asking = AskAsync(Fixture.Instance(time: time));
        await Eventually.TrueAsync(() => Task.FromResult(Calls == 1), "first call");
        await Eventually.TrueAsync(async () => await SettledAsync() == 1, "first call settled");
        time.Advance(TimeSpan.FromSeconds(6.5));
        Assert.Equal(1, Calls);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(0.2));
                return Task.FromResult(asking.IsCompleted);
            },
            "second call"
        );
        Assert.Equal("llm", (await asking).Origin);
        Assert.Equal(2, Calls);
    }

    [Fact]
    public async Task RetryAfter_BeyondTheDeadline_IsPassedOnInsteadOfWaited()
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(
            429,
            "rate_limit_exceeded",
            "slow down",
            ("x-ratelimit-remaining-tokens", "0"),
            ("x-ratelimit-reset-tokens", "6m0s")
        );
        var outcome = await AskAsync(Fixture.Instance());
        Assert.Equal("rate_limited", outcome.Failure);
        Assert.Equal(TimeSpan.FromMinutes(6), outcome.RetryAfter);
        Assert.Equal(1, Calls);
    }

    [Theory]
    [InlineData(429, "insufficient_quota", "insufficient_quota")]
    [InlineData(401, "invalid_api_key", "unauthorized")]
    public async Task PermanentRefusal_IsOneCallForTheWholeFleet(int status, string code, string expected)
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(status, code);
        Assert.Equal(expected, (await AskAsync(Fixture.Instance())).Failure);
        Assert.Equal(expected, (await AskAsync(Fixture.Instance(), Video with { Title = "Another video" })).Failure);
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task RefusedKey_AnotherKeyIsTriedAtOnce()
    {
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(401, "invalid_api_key"));
        await AskAsync(Fixture.Instance());
        Assert.Equal(
            "llm",
            (await AskAsync(Fixture.Instance(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "another-dummy-key" }))).Origin
        );
    }

    [Theory]
    [InlineData(400, "context_length_exceeded", "bad_request")]
    [InlineData(404, "model_not_found", "model_not_found")]
    [InlineData(403, "model_not_allowed", "unauthorized")]
    public async Task RequestThatCannotWork_IsNotRetried(int status, string code, string expected)
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(status, code, "no");
        var outcome = await AskAsync(Fixture.Instance());
        Assert.Equal((expected, false), (outcome.Failure, outcome.IsTransient));
        Assert.Equal(1, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Breaker_OpensForTheFleet_AndOneTrialClosesIt()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };
        Dictionary<string, string?> once = new() { ["OpenAi:MaxAttempts"] = "1" };
        IServiceProvider[] fleet = [Fixture.Instance(once, time), Fixture.Instance(once, time)];
        OpenAi.Chat.Default = FakeOpenAi.Error(500, "server_error");
        for (var i = 0; i < 10; i++)
        {
            await AskAsync(fleet[i % 2], Video with { Title = "Video " + i });
        }

        Assert.Equal(5, Calls);
        Assert.Equal("circuit_open", (await AskAsync(fleet[1], Video with { Title = "Video 11" })).Failure);

        time.Advance(TimeSpan.FromSeconds(41));
        var trial = new TaskCompletionSource();
        OpenAi.Chat.Default = new FakeReply(async context =>
        {
            await trial.Task;
            await OpenAi.Answer(Suggestions.Answer()).SendAsync(context);
        });
        var asking = Enumerable.Range(0, 10).Select(i => AskAsync(fleet[i % 2], Video with { Title = "After " + i })).ToList();
        await Eventually.TrueAsync(
            () => Task.FromResult(asking.Count(task => task.IsCompleted) == 9 && Calls == 6),
            "all but the trial are refused, and that is under way"
        );
        Assert.Equal(6, Calls);
        trial.SetResult();
        Assert.Single(await Task.WhenAll(asking), outcome => outcome.Origin == "llm");
        Assert.Equal("llm", (await AskAsync(fleet[0], Video with { Title = "Recovered" })).Origin);
    }

    [Fact]
    public async Task ErrorStorm_RetriesStayWithinATenthOfTheCalls()
    {
        var number = 0;
        OpenAi.Chat.Default = new FakeReply(context =>
            (
                Interlocked.Increment(ref number) % 2 == 0 ? FakeOpenAi.Error(500, "server_error") : OpenAi.Answer(Suggestions.Answer())
            ).SendAsync(context)
        );
        var service = Fixture.Instance(
            new Dictionary<string, string?> { ["OpenAi:FirstRetryDelay"] = "00:00:00.001", ["OpenAi:LongestRetryDelay"] = "00:00:00.002" }
        );
        for (var i = 0; i < 100; i++)
        {
            await AskAsync(service, Video with { Title = "Video " + i });
        }

        Assert.InRange(Calls, 100, 100 + 10 + 3);
    }
}
