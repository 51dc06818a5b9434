using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>What every kind of answer of a model server leads to, and that the ledger says what the server billed.</summary>
public sealed class LlmSuggestionsTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private static readonly VideoInput Video = new()
    {
        Title = "How to prune tomato plants",
        Description = "Pruning tomatoes step by step.",
    };
    private Guid user;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeOpenAi OpenAi => fixture.Upstreams.OpenAi;

    private int Calls => OpenAi.Chat.Calls.Count;

    public async ValueTask InitializeAsync()
    {
        await fixture.ResetAsync();
        OpenAi.Chat.Default = OpenAi.Answer(Suggestions.Answer());
        user = await fixture.UserAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Answer_IsUsed_Settled_AndCached()
    {
        var service = fixture.Instance();
        Assert.Equal("llm", (await AskAsync(service)).Origin);
        var again = await AskAsync(fixture.Instance());
        Assert.Equal("cache", again.Origin);
        Assert.Equal("A title", again.Candidates!.Titles[0].Text);
        Assert.Equal(1, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Request_IsOneStructuredCall_WithTheVideoAsDataAtTheEnd()
    {
        await AskAsync(fixture.Instance());
        var sent = OpenAi.Chat.Calls[0].Json;
        Assert.Equal("test-model", sent.GetProperty("model").GetString());
        Assert.True(sent.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
        Assert.False(sent.TryGetProperty("temperature", out _));
        Assert.True(sent.TryGetProperty("max_completion_tokens", out _));
        var messages = sent.GetProperty("messages");
        Assert.Equal(2, messages.GetArrayLength());
        Assert.DoesNotContain("tomato", messages[0].GetProperty("content").GetString(), StringComparison.OrdinalIgnoreCase);
        using var data = System.Text.Json.JsonDocument.Parse(messages[1].GetProperty("content").GetString()!);
        Assert.Equal(Video.Title, data.RootElement.GetProperty("video").GetProperty("title").GetString());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task TransientStatus_IsRetriedByOneLayerOnly(int status)
    {
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(status, "later"), FakeOpenAi.Error(status, "later"));
        Assert.Equal("llm", (await AskAsync(fixture.Instance())).Origin);
        Assert.Equal(3, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task LastingOutage_ThreeAttempts_ThenDeterministic_AndLogged()
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(500, "server_error");
        var service = fixture.Instance();
        var outcome = await AskAsync(service);
        Assert.Equal(("deterministic", "server_error", true), (outcome.Origin, outcome.Failure, outcome.IsTransient));
        Assert.Equal(3, Calls);
        Assert.Contains(service.GetRequiredService<FakeLogCollector>().GetSnapshot(), record =>
            record.Message.Contains("OpenAI API error: status 500", StringComparison.Ordinal)
        );
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM suggestion_cache", null, Ct));
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(429, "rate_limit_exceeded", "slow down", ("Retry-After", "7")));
        var asking = AskAsync(fixture.Instance(time: time));
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
        var outcome = await AskAsync(fixture.Instance());
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
        Assert.Equal(expected, (await AskAsync(fixture.Instance())).Failure);
        Assert.Equal(expected, (await AskAsync(fixture.Instance(), Video with { Title = "Another video" })).Failure);
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task RefusedKey_AnotherKeyIsTriedAtOnce()
    {
        OpenAi.Chat.Enqueue(FakeOpenAi.Error(401, "invalid_api_key"));
        await AskAsync(fixture.Instance());
        Assert.Equal(
            "llm",
            (await AskAsync(fixture.Instance(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "another-dummy-key" }))).Origin
        );
    }

    [Theory]
    [InlineData(400, "context_length_exceeded", "bad_request")]
    [InlineData(404, "model_not_found", "model_not_found")]
    [InlineData(403, "model_not_allowed", "unauthorized")]
    public async Task RequestThatCannotWork_IsNotRetried(int status, string code, string expected)
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(status, code, "no");
        var outcome = await AskAsync(fixture.Instance());
        Assert.Equal((expected, false), (outcome.Failure, outcome.IsTransient));
        Assert.Equal(1, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Request_DoesNotStream_AndCarriesNoTools()
    {
        await AskAsync(fixture.Instance());
        var sent = OpenAi.Chat.Calls[0].Json;
        Assert.False(sent.TryGetProperty("stream", out _) || sent.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task DeadHolderOfAFlight_KeepsOthersWaitingForItsLeaseOnly()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var service = fixture.Instance(time: time);
        await AskAsync(service);
        var key = await fixture.Db.ScalarAsync<string>("SELECT cache_key FROM suggestion_cache", null, Ct);
        await fixture.Db.ExecuteAsync("TRUNCATE suggestion_cache", null, Ct);
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
        var first = AskAsync(fixture.Instance(patient, time));
        await Eventually.TrueAsync(() => Task.FromResult(Calls == 1), "the first call");
        var second = AskAsync(fixture.Instance(patient, time));
        var start = time.GetUtcNow();
        await Eventually.TrueAsync(
            async () =>
            {
                // Only as fast as the lease is seen to move.
                var until = await fixture.Db.ScalarAsync<DateTime?>("SELECT lease_until FROM suggestion_flights", null, Ct);
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

    [Fact]
    public async Task ServerWithoutSchemaOrNewLimitField_IsAskedInItsOwnForm_AndRemembered()
    {
        OpenAi.Chat.Enqueue(
            FakeOpenAi.Error(400, "invalid_request_error", "Unsupported parameter: max_completion_tokens"),
            FakeOpenAi.Error(400, "invalid_request_error", "response_format json_schema is not supported by this model")
        );
        var service = fixture.Instance();
        Assert.Equal("llm", (await AskAsync(service)).Origin);
        var last = OpenAi.Chat.Calls[2].Json;
        Assert.Equal("json_object", last.GetProperty("response_format").GetProperty("type").GetString());
        Assert.True(last.TryGetProperty("max_tokens", out _));
        Assert.Contains(
            "suspiciousInstructions",
            last.GetProperty("messages")[0].GetProperty("content").GetString(),
            StringComparison.Ordinal
        );

        await AskAsync(service, Video with { Title = "Another video" });
        Assert.Equal(4, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Timeout_CountsItsUpperBound()
    {
        OpenAi.Chat.Default = FakeReply.Hang();
        var outcome = await AskAsync(
            fixture.Instance(new Dictionary<string, string?> { ["OpenAi:AttemptTimeout"] = "00:00:00.250", ["OpenAi:MaxAttempts"] = "2" })
        );
        Assert.Equal("timeout", outcome.Failure);
        Assert.Equal(
            2,
            await fixture.Db.ScalarAsync<long>(
                "SELECT count(*) FROM llm_calls WHERE status = 'unknown' AND total_tokens = reserved_tokens AND total_tokens > 1800",
                null,
                Ct
            )
        );
        await SumsAgreeAsync();
    }

    [Fact]
    public async Task LostAnswer_IsBilledAsUnknown_AtLeastWhatTheServerTook()
    {
        OpenAi.Chat.Enqueue(OpenAi.BilledThenLost());
        Assert.Equal("llm", (await AskAsync(fixture.Instance())).Origin);
        Assert.Equal(1, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'unknown'", null, Ct));
        Assert.True(await fixture.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM llm_calls", null, Ct) >= OpenAi.BilledTokens);
        await SumsAgreeAsync();
    }

    [Fact]
    public async Task ServerAway_CostsNothing()
    {
        var outcome = await AskAsync(fixture.Instance(new Dictionary<string, string?> { ["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1" }));
        Assert.Equal("network", outcome.Failure);
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM llm_calls", null, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusal_IsNeitherRepairedNorCached(bool byModel)
    {
        OpenAi.Chat.Default = byModel ? OpenAi.Refusal() : OpenAi.Answer("", finish: "content_filter");
        var outcome = await AskAsync(fixture.Instance());
        Assert.Equal("refused", outcome.Failure);
        Assert.Equal(1, Calls);
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM suggestion_cache", null, Ct));
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Truncation_IsRepairedOnce_WithMoreRoom()
    {
        OpenAi.Chat.Enqueue(OpenAi.Answer("""{"titles":[{"text":"Cut of""", finish: "length", completionTokens: 1800));
        Assert.Equal("llm", (await AskAsync(fixture.Instance())).Origin);
        Assert.Equal(2, Calls);
        Assert.True(
            OpenAi.Chat.Calls[1].Json.GetProperty("max_completion_tokens").GetInt32()
                > OpenAi.Chat.Calls[0].Json.GetProperty("max_completion_tokens").GetInt32()
        );
        await LedgerEqualsBillAsync();
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("""{"titles":"not a list"}""")]
    [InlineData(
        """{"titles":[],"description":null,"keyPoints":[],"tags":[],"chapters":[],"thumbnails":[],"suspiciousInstructions":false}"""
    )]
    [InlineData("[1,2,3]")]
    public async Task WrongShape_IsRepairedOnce_ThenGivenUp(string answer)
    {
        OpenAi.Chat.Default = OpenAi.Answer(answer);
        Assert.Equal("invalid_answer", (await AskAsync(fixture.Instance())).Failure);
        Assert.Equal(2, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task MissingUsage_IsEstimatedAndFlagged()
    {
        OpenAi.Chat.Default = OpenAi.Answer(_ => Suggestions.Answer(), withUsage: false);
        await AskAsync(fixture.Instance());
        Assert.Equal(
            1,
            await fixture.Db.ScalarAsync<long>(
                "SELECT count(*) FROM llm_calls WHERE status = 'settled' AND estimated AND prompt_tokens > 500 AND completion_tokens "
                    + "BETWEEN 20 AND 200",
                null,
                Ct
            )
        );
        Assert.True(await fixture.Db.ScalarAsync<bool>("SELECT (metadata->>'estimated')::boolean FROM user_token_usage", null, Ct));
    }

    [Fact]
    public async Task KillSwitch_UsesWhatIsCached_AndAsksNobody()
    {
        await AskAsync(fixture.Instance());
        Dictionary<string, string?> off = new() { ["AI_ENABLED"] = "false" };
        Assert.Equal("cache", (await AskAsync(fixture.Instance(off))).Origin);
        var edited = await AskAsync(fixture.Instance(off), Video with { Description = "Edited since." }, "dQw4w9WgXcQ");
        Assert.Equal(("deterministic", "ai_disabled"), (edited.Origin, edited.Failure));
        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task Outage_OlderAnswerOfTheSameVideo_IsUsedAndSaysSo()
    {
        await AskAsync(fixture.Instance(), Video, "dQw4w9WgXcQ");
        OpenAi.Chat.Default = FakeOpenAi.Error(500, "server_error");
        var outcome = await AskAsync(fixture.Instance(), Video with { Description = "Edited since." }, "dQw4w9WgXcQ");
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
        IServiceProvider[] fleet = [fixture.Instance(), fixture.Instance()];
        var asking = Enumerable.Range(0, 12).Select(number => AskAsync(fleet[number % 2])).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(Calls >= 1), "the first call");
        gate.SetResult();
        var outcomes = await Task.WhenAll(asking);
        Assert.Equal(1, Calls);
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Candidates));
        Assert.Single(outcomes, outcome => outcome.Origin == "llm");
    }

    [Fact]
    public async Task Breaker_OpensForTheFleet_AndOneTrialClosesIt()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };
        Dictionary<string, string?> once = new() { ["OpenAi:MaxAttempts"] = "1" };
        IServiceProvider[] fleet = [fixture.Instance(once, time), fixture.Instance(once, time)];
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
        var service = fixture.Instance(
            new Dictionary<string, string?> { ["OpenAi:FirstRetryDelay"] = "00:00:00.001", ["OpenAi:LongestRetryDelay"] = "00:00:00.002" }
        );
        for (var i = 0; i < 100; i++)
        {
            await AskAsync(service, Video with { Title = "Video " + i });
        }

        Assert.InRange(Calls, 100, 100 + 10 + 3);
    }

    [Fact]
    public async Task ManyMixedAnswers_LedgerCountersAndSummaryAgreeWithTheBill()
    {
        var random = new Random(20261123);
        FakeReply[] kinds =
        [
            OpenAi.Answer(Suggestions.Answer(), promptTokens: 611, completionTokens: 217),
            OpenAi.Answer("broken", promptTokens: 702, completionTokens: 3),
            OpenAi.Answer("""{"titles":[""", finish: "length", promptTokens: 650, completionTokens: 1800),
            OpenAi.Refusal(),
            FakeOpenAi.Error(429, "rate_limit_exceeded"),
            FakeOpenAi.Error(503, "overloaded"),
            FakeOpenAi.Error(400, "bad", "no"),
        ];
        OpenAi.Chat.Default = new FakeReply(context =>
        {
            lock (random)
            {
                return kinds[random.Next(kinds.Length)].SendAsync(context);
            }
        });
        var service = fixture.Instance(
            new Dictionary<string, string?>
            {
                ["Spend:RunTokens"] = "0",
                ["Spend:UserMonthTokens"] = "0",
                ["Spend:GlobalDayTokens"] = "0",
            }
        );
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 150),
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Ct },
            async (number, _) => await AskAsync(service, Video with { Title = "Video " + number })
        );
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task PlanWithoutAiSuggestions_AsksNobody_AndTheUserIsTold()
    {
        user = await fixture.UserAsync("free");
        Assert.Equal(LlmSuggestions.NotInPlan, (await AskAsync(fixture.Instance())).Failure);
        Assert.Equal(0, Calls);
        var outcome = await fixture
            .Instance()
            .GetRequiredService<AnalysisPipeline>()
            .RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Video,
                    Metadata = new SubmittedMetadata { Title = Video.Title, Description = Video.Description },
                },
                new AnalysisRun(user, null, 1, "test"),
                new Progress<JobProgress>(),
                Ct
            );
        Assert.Contains(outcome.Result.Warnings, warning => warning.Code == WarningCodes.AiLimitReached);
        Assert.False(outcome.Degraded);
    }

    private async Task<LlmOutcome> AskAsync(IServiceProvider service, VideoInput? video = null, string? videoId = null) =>
        await service.GetRequiredService<LlmSuggestions>().SuggestAsync(video ?? Video, videoId, new OutputPreferences(), Run(), Ct);

    private LedgerRun Run() => new("run:" + Guid.CreateVersion7().ToString("D"), 1, user, null, "test-correlation");

    private Task<long> SettledAsync() => fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'settled'", null, Ct);

    private async Task LedgerEqualsBillAsync()
    {
        Assert.Equal(
            OpenAi.BilledPromptTokens,
            await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(prompt_tokens), 0) FROM llm_calls", null, Ct)
        );
        Assert.Equal(
            OpenAi.BilledCompletionTokens,
            await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(completion_tokens), 0) FROM llm_calls", null, Ct)
        );
        Assert.Equal(Calls, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls", null, Ct));
        Assert.Equal(0, await fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'intent'", null, Ct));
        await SumsAgreeAsync();
    }

    private async Task SumsAgreeAsync()
    {
        var ledger = await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM llm_calls", null, Ct);
        Assert.Equal(ledger, await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM user_token_usage", null, Ct));
        Assert.Equal(
            ledger,
            await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope = 'global'", null, Ct)
        );
        Assert.Equal(
            ledger,
            await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope LIKE 'user:%'", null, Ct)
        );
        Assert.Equal(
            ledger,
            await fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope LIKE 'run:%'", null, Ct)
        );
    }
}
