using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>From a request to an outcome, over the real analyzer, database and scripted upstreams.</summary>
public sealed class AnalysisPipelineTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private const string Id = "dQw4w9WgXcQ";
    private const string Title = "Pruning tomato plants: how to prune tomato plants in summer";
    private const string Description =
        "We prune tomato plants step by step in the summer garden. You see which side shoots to remove and why tomato plants grow better "
        + "afterwards.\n\nTools: https://example.com/tools\nMusic by The Gardeners";
    private static readonly AnalysisRequest Request = new()
    {
        Kind = AnalysisKinds.Video,
        VideoId = Id,
        Url = "https://www.youtube.com/watch?v=" + Id,
    };
    private static readonly Dictionary<string, string?> NoUpstreams = new()
    {
        ["OPENAI_BASE_URL"] = null,
        ["OPENAI_API_KEY"] = null,
        ["YOUTUBE_API_KEY"] = null,
    };
    private readonly List<JobProgress> progress = [];
    private Guid user;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeOpenAi OpenAi => fixture.Upstreams.OpenAi;

    public async ValueTask InitializeAsync()
    {
        await fixture.ResetAsync();
        OpenAi.Chat.Default = OpenAi.Answer(
            Suggestions.Answer(
                titles:
                [
                    "Prune tomato plants in summer: which side shoots to remove",
                    "How tomato plants grow better: remove side shoots in summer",
                ],
                description: "We prune tomato plants in the summer garden, step by step. You see which side shoots to remove and why the "
                    + "plants grow better.",
                tags: ["tomato plants", "prune tomato plants", "summer garden", "side shoots"],
                keyPoints: ["Which side shoots to remove"],
                overlays: ["Side shoots"]
            )
        );
        user = await fixture.UserAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task NoKeyAtAll_UserText_GivesTheDeterministicAnswer()
    {
        var outcome = await RunAsync(
            Request with
            {
                Metadata = new SubmittedMetadata
                {
                    Title = Title,
                    Description = Description,
                    Tags = ["tomato"],
                },
            },
            NoUpstreams
        );
        Assert.False(outcome.Degraded);
        Assert.Equal("deterministic", outcome.SuggestionOrigin);
        Assert.Equal("user", outcome.Provenance["title"]);
        Assert.Null(outcome.ApiDataExpiresAt);
        Assert.Equal(0, outcome.PromptTokens);
        AssertTitlesOrKeep(outcome);
        Assert.Contains("https://example.com/tools", outcome.Result.Description.Text, StringComparison.Ordinal);
        Assert.Empty(fixture.Upstreams.OEmbed.Calls);
    }

    [Fact]
    public async Task NoKeyNoOEmbedNoText_SaysWhatToSend()
    {
        fixture.Upstreams.OEmbed.Default = FakeReply.Status(500);
        var failure = await Assert.ThrowsAsync<AnalysisException>(() => RunAsync(Request, NoUpstreams));
        Assert.Equal("metadata_unavailable", failure.Code);
        Assert.False(failure.IsTransient);
        Assert.Contains("metadata.title", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingVideo_IsPermanent()
    {
        var failure = await Assert.ThrowsAsync<AnalysisException>(() => RunAsync(Request));
        Assert.Equal(("video_not_found", false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task UserFields_WinOverTheApi_FieldByField()
    {
        fixture.Upstreams.YouTube.Add(Id, "Title of the API", Description, "PT12M30S", "api tag");
        var outcome = await RunAsync(Request with { Metadata = new SubmittedMetadata { Title = Title } });
        Assert.Equal(Title, outcome.Input.Title);
        Assert.Equal(Description, outcome.Input.Description);
        Assert.Equal(["api tag"], outcome.Input.Tags);
        Assert.Equal(TimeSpan.FromSeconds(750), outcome.Input.Duration);
        Assert.Equal(
            ("user", "youtube_api", "youtube_api", "youtube_api"),
            (outcome.Provenance["title"], outcome.Provenance["description"], outcome.Provenance["tags"], outcome.Provenance["duration"])
        );
        Assert.NotNull(outcome.ApiDataExpiresAt);
    }

    [Fact]
    public async Task ModelCandidates_CompeteUnderTheSameGuard_AndSayWhereTheyComeFrom()
    {
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        var outcome = await RunAsync(Request);
        Assert.Equal("llm", outcome.SuggestionOrigin);
        Assert.Contains(outcome.Result.Titles, title => title.Source == SuggestionSource.Llm);
        Assert.Equal(SuggestionSource.Llm, outcome.Result.Description.Source);
        Assert.Contains("https://example.com/tools", outcome.Result.Description.Text, StringComparison.Ordinal);
        Assert.Equal((700, 300, "test-model"), (outcome.PromptTokens, outcome.CompletionTokens, outcome.Model));
        Assert.Equal(
            1000,
            await fixture.Db.ScalarAsync<long>("SELECT sum(total_tokens) FROM user_token_usage WHERE user_id = @user", new { user }, Ct)
        );
        Assert.Equal(progress.Select(step => step.Percent).Order().Distinct(), progress.Select(step => step.Percent));
        Assert.Equal([20, 40, 60, 70, 85, 90], progress.Select(step => step.Percent));
    }

    [Fact]
    public async Task InventedCandidates_AreReplacedSectionBySection()
    {
        OpenAi.Chat.Default = OpenAi.Answer(
            Suggestions.Answer(
                titles: ["I earned 9000 dollars with potatoes", "Shocking secret of the greenhouse mafia"],
                description: "Potatoes made me rich in 1987, says my neighbour from Brazil.",
                tags: ["tomato plants", "prune tomato plants", "summer garden"]
            )
        );
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M", "tomato");
        var result = (await RunAsync(Request)).Result;
        Assert.All(result.Titles, title => Assert.Equal(SuggestionSource.Deterministic, title.Source));
        Assert.Equal(SuggestionSource.Deterministic, result.Description.Source);
        Assert.Equal(SuggestionSource.Llm, result.Tags.Source);
    }

    [Fact]
    public async Task Outage_JobsFinishWithTheDeterministicAnswer_Marked()
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(503, "overloaded");
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M");
        var outcome = await RunAsync(Request);
        Assert.Equal((true, "server_error", "deterministic"), (outcome.Degraded, outcome.DegradedReason, outcome.SuggestionOrigin));
        AssertTitlesOrKeep(outcome);
        Assert.Equal(0, outcome.PromptTokens + outcome.CompletionTokens);
    }

    [Fact]
    public async Task Outage_WhereTheModelIsRequired_IsRetriedLater()
    {
        OpenAi.Chat.Default = FakeOpenAi.Error(429, "rate_limit_exceeded", "slow down", ("Retry-After", "300"));
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M");
        var failure = await Assert.ThrowsAsync<AnalysisException>(() => RunAsync(Request, new() { ["AI_REQUIRED"] = "true" }));
        Assert.Equal(("ai_unavailable", true, TimeSpan.FromMinutes(5)), (failure.Code, failure.IsTransient, failure.RetryAfter!.Value));
    }

    [Fact]
    public async Task Preferences_RequestBeatsSaved_AndTheAppsConstantsAreNoWish()
    {
        await fixture.Db.ExecuteAsync(
            "INSERT INTO user_content_preferences (user_id, language, tone, custom_instructions) VALUES (@user, 'es', 'friendly', "
                + "'Mention the garden.')",
            new { user },
            Ct
        );
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M");
        await RunAsync(Request with { Language = "english", Tone = "Professional & Authoritative" });
        await RunAsync(Request with { Language = "German", Tone = "formal" });
        Assert.Equal(("es", "friendly", "Mention the garden."), Wishes(0));
        Assert.Equal(("de", "formal", "Mention the garden."), Wishes(1));
    }

    [Fact]
    public async Task OtherLanguage_IsTranslatedByTheModel_UnderRulesOfItsOwn()
    {
        OpenAi.Chat.Default = OpenAi.Answer(
            Suggestions.Answer(
                titles:
                [
                    "Cómo podar las tomateras en verano paso a paso",
                    "Poda de tomateras: qué brotes quitar en 1987",
                    "Qué brotes laterales quitar para que las plantas crezcan mejor",
                ],
                description: "En este vídeo podamos las tomateras del huerto paso a paso. Verás qué brotes laterales hay que quitar y "
                    + "por qué las plantas crecen mejor después."
            )
        );
        fixture.Upstreams.YouTube.Add(Id, Title, Description, "PT12M");
        var result = (await RunAsync(Request with { Language = "es" })).Result;
        Assert.Equal(
            ["Cómo podar las tomateras en verano paso a paso", "Qué brotes laterales quitar para que las plantas crezcan mejor"],
            result.Titles.Select(title => title.Text)
        );
        Assert.Equal(SuggestionSource.Llm, result.Description.Source);
        Assert.Contains("https://example.com/tools", result.Description.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Warnings, warning => warning.Code == WarningCodes.OutputLanguageNotAvailable);
    }

    [Fact]
    public async Task Upload_IsTranscribed_WithTimes()
    {
        var services = fixture.Instance();
        fixture.Upstreams.OpenAi.Transcriptions.Default = FakeReply.Json(
            """{"text":"x","segments":[{"start":0,"end":30,"text":"Today we prune tomato plants in the summer """
                + """garden."},{"start":30,"end":62.5,"text":"Remove the side shoots so that the plants grow """
                + """better."}],"usage":{"type":"tokens","input_tokens":120,"output_tokens":40}}"""
        );
        // Taken in by one machine, transcribed by another.
        var key = await StoreAsync(fixture.Instance());
        var outcome = await RunAsync(
            new AnalysisRequest
            {
                Kind = AnalysisKinds.Upload,
                UploadKey = key,
                UploadName = "pruning tomato plants.mp3",
            },
            services: services
        );
        Assert.True(outcome.Input.Transcript!.IsTimed);
        // The file name is the last resort: the title is taken from what is said.
        Assert.Contains("plants", outcome.Input.Title, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("pruning tomato plants", outcome.Input.Title);
        Assert.Contains("verbose_json", fixture.Upstreams.OpenAi.Transcriptions.Calls[0].Body, StringComparison.Ordinal);
        Assert.Equal(
            160,
            await fixture.Db.ScalarAsync<long>("SELECT total_tokens FROM user_token_usage WHERE feature_type = 'transcription'", null, Ct)
        );
    }

    [Theory]
    [InlineData(true, 0, "transcription_not_configured", false)]
    [InlineData(false, 413, "transcription_file_too_large", false)]
    [InlineData(false, 400, "transcription_refused", false)]
    [InlineData(false, 503, "transcription_unavailable", true)]
    public async Task Upload_WithoutUsableSpeechService_SaysSo(bool unconfigured, int status, string code, bool transient)
    {
        var services = fixture.Instance(unconfigured ? NoUpstreams : null);
        fixture.Upstreams.OpenAi.Transcriptions.Default = FakeOpenAi.Error(status == 0 ? 500 : status, "no");
        var failure = await Assert.ThrowsAsync<AnalysisException>(async () =>
            await RunAsync(new AnalysisRequest { Kind = AnalysisKinds.Upload, UploadKey = await StoreAsync(services) }, services: services)
        );
        Assert.Equal((code, transient), (failure.Code, failure.IsTransient));
        await fixture.ResetAsync();
    }

    private static async Task<string> StoreAsync(IServiceProvider services)
    {
        using var speech = new MemoryStream([.. "ID3"u8, .. new byte[4000]]);
        return await services.GetRequiredService<FileStore>().SaveAsync(speech, FileStore.Uploads, "mp3", 1_000_000, Ct);
    }

    private (string? Language, string? Tone, string? Instructions) Wishes(int call)
    {
        var data = System
            .Text.Json.JsonDocument.Parse(OpenAi.Chat.Calls[call].Json.GetProperty("messages")[1].GetProperty("content").GetString()!)
            .RootElement.GetProperty("preferences");
        return (
            data.GetProperty("outputLanguage").GetString(),
            data.GetProperty("tone").GetString(),
            data.GetProperty("customInstructions").GetString()
        );
    }

    private Task<AnalysisOutcome> RunAsync(
        AnalysisRequest request,
        Dictionary<string, string?>? settings = null,
        IServiceProvider? services = null
    ) =>
        (services ?? fixture.Instance(settings))
            .GetRequiredService<AnalysisPipeline>()
            .RunAsync(request, new AnalysisRun(user, null, 1, "test"), new Recorder(progress), Ct);

    private static void AssertTitlesOrKeep(AnalysisOutcome outcome)
    {
        Assert.NotEmpty(outcome.OfferedTitles);
        Assert.Equal(outcome.Result.Titles.Count == 0, outcome.Result.Verdicts.Single(verdict => verdict.Part == "title").Keep);
    }

    private sealed class Recorder(List<JobProgress> steps) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => steps.Add(value);
    }
}
