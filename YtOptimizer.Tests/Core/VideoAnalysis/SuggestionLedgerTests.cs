using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>The ledger says what the server billed, also where no answer tells.</summary>
public sealed class SuggestionLedgerTests(UpstreamFixture upstreams) : SuggestionTestBase(upstreams)
{
    [Fact]
    public async Task Timeout_CountsItsUpperBound()
    {
        OpenAi.Chat.Default = FakeReply.Hang();
        var outcome = await AskAsync(
            Fixture.Instance(new Dictionary<string, string?> { ["OpenAi:AttemptTimeout"] = "00:00:00.250", ["OpenAi:MaxAttempts"] = "2" })
        );
        Assert.Equal("timeout", outcome.Failure);
        Assert.Equal(
            2,
            await Fixture.Db.ScalarAsync<long>(
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
        Assert.Equal("llm", (await AskAsync(Fixture.Instance())).Origin);
        Assert.Equal(1, await Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'unknown'", null, Ct));
        Assert.True(await Fixture.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM llm_calls", null, Ct) >= OpenAi.BilledTokens);
        await SumsAgreeAsync();
    }

    [Fact]
    public async Task ServerAway_CostsNothing()
    {
        var outcome = await AskAsync(Fixture.Instance(new Dictionary<string, string?> { ["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1" }));
        Assert.Equal("network", outcome.Failure);
        Assert.Equal(0, await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM llm_calls", null, Ct));
    }

    [Fact]
    public async Task MissingUsage_IsEstimatedAndFlagged()
    {
        OpenAi.Chat.Default = OpenAi.Answer(_ => Suggestions.Answer(), withUsage: false);
        await AskAsync(Fixture.Instance());
        Assert.Equal(
            1,
            await Fixture.Db.ScalarAsync<long>(
                "SELECT count(*) FROM llm_calls WHERE status = 'settled' AND estimated AND prompt_tokens > 500 AND completion_tokens "
                    + "BETWEEN 20 AND 200",
                null,
                Ct
            )
        );
        Assert.True(await Fixture.Db.ScalarAsync<bool>("SELECT (metadata->>'estimated')::boolean FROM user_token_usage", null, Ct));
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
        var service = Fixture.Instance(
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
}
