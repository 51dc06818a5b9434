using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>What is sent to a model server, and what each kind of its answers leads to.</summary>
public sealed class SuggestionRequestTests(UpstreamFixture upstreams) : SuggestionTestBase(upstreams)
{
    [Fact]
    public async Task Request_IsOneStructuredCall_WithTheVideoAsDataAtTheEnd()
    {
        await AskAsync(Fixture.Instance());
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

    [Fact]
    public async Task Request_ComputingTimeIsUp_BuildsNoPromptAndAsksNobody()
    {
        var time = new FakeTimeProvider();
        using var limit = new AnalysisDeadline(Options.Create(new DeadlineOptions { DeadlineSeconds = 20 }), time).Start(Ct);
        limit.Run(() =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            return 0;
        });

        var failure = await Assert.ThrowsAsync<AnalysisException>(() => AskAsync(Fixture.Instance(), limit));

        Assert.Equal("analysis_timeout", failure.Code);
        Assert.Equal(0, Calls);
    }

    [Fact]
    public async Task Request_DoesNotStream_AndCarriesNoTools()
    {
        await AskAsync(Fixture.Instance());
        var sent = OpenAi.Chat.Calls[0].Json;
        Assert.False(sent.TryGetProperty("stream", out _) || sent.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task ServerWithoutSchemaOrNewLimitField_IsAskedInItsOwnForm_AndRemembered()
    {
        OpenAi.Chat.Enqueue(
            FakeOpenAi.Error(400, "invalid_request_error", "Unsupported parameter: max_completion_tokens"),
            FakeOpenAi.Error(400, "invalid_request_error", "response_format json_schema is not supported by this model")
        );
        var service = Fixture.Instance();
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusal_IsNeitherRepairedNorCached(bool byModel)
    {
        OpenAi.Chat.Default = byModel ? OpenAi.Refusal() : OpenAi.Answer("", finish: "content_filter");
        var outcome = await AskAsync(Fixture.Instance());
        Assert.Equal("refused", outcome.Failure);
        Assert.Equal(1, Calls);
        Assert.Equal(0, await Fixture.Db.ScalarAsync<long>("SELECT count(*) FROM suggestion_cache", null, Ct));
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task Truncation_IsRepairedOnce_WithMoreRoom()
    {
        OpenAi.Chat.Enqueue(OpenAi.Answer("""{"titles":[{"text":"Cut of""", finish: "length", completionTokens: 1800));
        Assert.Equal("llm", (await AskAsync(Fixture.Instance())).Origin);
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
        Assert.Equal("invalid_answer", (await AskAsync(Fixture.Instance())).Failure);
        Assert.Equal(2, Calls);
        await LedgerEqualsBillAsync();
    }

    [Fact]
    public async Task PlanWithoutAiSuggestions_AsksNobody_AndTheUserIsTold()
    {
        User = await Fixture.UserAsync("free");
        Assert.Equal(LlmSuggestions.NotInPlan, (await AskAsync(Fixture.Instance())).Failure);
        Assert.Equal(0, Calls);
        var outcome = await Fixture
            .Instance()
            .GetRequiredService<AnalysisPipeline>()
            .RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Video,
                    Metadata = new SubmittedMetadata { Title = Video.Title, Description = Video.Description },
                },
                new AnalysisRun(User, null, 1, "test"),
                new Progress<JobProgress>(),
                Ct
            );
        Assert.Contains(outcome.Result.Warnings, warning => warning.Code == WarningCodes.AiLimitReached);
        Assert.False(outcome.Degraded);
    }
}
