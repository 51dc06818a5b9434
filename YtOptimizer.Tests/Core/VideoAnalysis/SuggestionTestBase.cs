using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>Asks a model server for suggestions, and compares the ledger with what the server billed.</summary>
public abstract class SuggestionTestBase(UpstreamFixture upstreams) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private protected static VideoInput Video { get; } =
        new() { Title = "How to prune tomato plants", Description = "Pruning tomatoes step by step." };

    private protected UpstreamFixture Fixture => upstreams;

    private protected Guid User { get; set; }

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected FakeOpenAi OpenAi => Fixture.Upstreams.OpenAi;

    private protected int Calls => OpenAi.Chat.Calls.Count;

    public async ValueTask InitializeAsync()
    {
        await Fixture.ResetAsync();
        OpenAi.Chat.Default = OpenAi.Answer(Suggestions.Answer());
        User = await Fixture.UserAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<LlmOutcome> AskAsync(IServiceProvider service, VideoInput? video = null, string? videoId = null)
    {
        using var limit = service.GetRequiredService<AnalysisDeadline>().Start(Ct);
        return await AskAsync(service, limit, video, videoId);
    }

    private protected async Task<LlmOutcome> AskAsync(
        IServiceProvider service,
        DeadlineRun limit,
        VideoInput? video = null,
        string? videoId = null
    ) =>
        await service.GetRequiredService<LlmSuggestions>().SuggestAsync(video ?? Video, videoId, new OutputPreferences(), Run(), limit, Ct);

    private protected LedgerRun Run() => new("run:" + Guid.CreateVersion7().ToString("D"), 1, User, null, "test-correlation");

    private protected Task<long> SettledAsync() =>
        Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'settled'", null, Ct);

    private protected async Task LedgerEqualsBillAsync()
    {
        Assert.Equal(
            OpenAi.BilledPromptTokens,
            await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(prompt_tokens), 0) FROM llm_calls", null, Ct)
        );
        Assert.Equal(
            OpenAi.BilledCompletionTokens,
            await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(completion_tokens), 0) FROM llm_calls", null, Ct)
        );
        Assert.Equal(Calls, await Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls", null, Ct));
        Assert.Equal(0, await Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM llm_calls WHERE status = 'intent'", null, Ct));
        await SumsAgreeAsync();
    }

    private protected async Task SumsAgreeAsync()
    {
        var ledger = await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM llm_calls", null, Ct);
        Assert.Equal(ledger, await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(total_tokens), 0) FROM user_token_usage", null, Ct));
        Assert.Equal(
            ledger,
            await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope = 'global'", null, Ct)
        );
        Assert.Equal(
            ledger,
            await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope LIKE 'user:%'", null, Ct)
        );
        Assert.Equal(
            ledger,
            await Fixture.Db.ScalarAsync<long>("SELECT COALESCE(sum(tokens), 0) FROM spend_counters WHERE scope LIKE 'run:%'", null, Ct)
        );
    }
}
