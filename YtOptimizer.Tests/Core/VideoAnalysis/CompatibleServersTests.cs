using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>
/// Servers that speak the OpenAI API each in its own way: scripted after what they answer to requests that they do not take. The recipes
/// for them are in docs/language-models.md.
/// </summary>
public sealed class CompatibleServersTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private Guid user;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeEndpoint Chat => fixture.Upstreams.OpenAi.Chat;

    public async ValueTask InitializeAsync()
    {
        await fixture.ResetAsync();
        user = await fixture.UserAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("openai", 2)]
    [InlineData("azure", 2)]
    [InlineData("ollama", 1)]
    [InlineData("vllm", 2)]
    [InlineData("lm-studio", 2)]
    [InlineData("llama.cpp", 3)]
    [InlineData("fastapi", 3)]
    public async Task Server_IsAskedUntilItTakesTheForm_AndTheFormIsRemembered(string server, int calls)
    {
        Chat.Default = Server(server);
        var settings = new Dictionary<string, string?> { ["OpenAi:Temperature"] = server == "openai" ? "0.2" : null };
        var service = fixture.Instance(settings);
        var first = await AskAsync(service, "How to prune tomato plants");
        Assert.Equal("llm", first.Origin);
        Assert.Equal("Prune tomatoes", first.Candidates!.Titles[0].Text);
        Assert.Equal(calls, Chat.Calls.Count);
        await AskAsync(service, "Another video on tomatoes");
        Assert.Equal(calls + 1, Chat.Calls.Count);
        var seen = await service.GetRequiredService<ModelStatus>().ReadAsync(Ct);
        Assert.Equal("test-model", seen!.Model);
        Assert.NotNull(seen.AnsweredAt);
    }

    [Theory]
    [InlineData("""{"error":{"code":"context_length_exceeded","message":"This model's maximum context length is 8192 tokens"}}""")]
    [InlineData("""{"error":{"code":"content_filter","message":"The response was filtered due to the content management policy"}}""")]
    public async Task RequestThatNoFormMends_IsNotTriedInOthers(string body)
    {
        Chat.Default = FakeReply.Json(body, 400);
        Assert.Equal("bad_request", (await AskAsync(fixture.Instance(), "How to prune tomato plants")).Failure);
        Assert.Single(Chat.Calls);
        var seen = await fixture.Instance().GetRequiredService<ModelStatus>().ReadAsync(Ct);
        Assert.Equal("bad_request", seen!.LastFailure);
        Assert.Contains("last failure bad_request", seen.Describe("test-model"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyAnswerOfAThinkingModel_IsOneAttempt()
    {
        Chat.Default = fixture.Upstreams.OpenAi.Answer("", finish: "length", completionTokens: 8192);
        var outcome = await AskAsync(
            fixture.Instance(new Dictionary<string, string?> { ["OPENAI_MODEL"] = "gpt-5-mini" }),
            "How to prune tomato plants"
        );
        Assert.Equal("empty_answer", outcome.Failure);
        var sent = Assert.Single(Chat.Calls).Json;
        Assert.Equal(8192, sent.GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal("low", sent.GetProperty("reasoning_effort").GetString());
    }

    [Theory]
    [InlineData("<think>The creator wants { short } titles.</think>\nSure! ```json\n{0}\n``` Anything else?")]
    [InlineData("Let me think.</think>{0}")]
    [InlineData("{0}\n\nI kept all links.")]
    public void TextAroundTheJson_IsLeftOut(string around)
    {
        var read = SuggestionReader.Read(around.Replace("{0}", Suggestions.Answer(["Prune tomatoes"]), StringComparison.Ordinal), out _);
        Assert.Equal("Prune tomatoes", Assert.Single(read!.Titles).Text);
    }

    [Fact]
    public void SectionsThatAreRight_AreSalvaged()
    {
        var read = SuggestionReader.Read(
            """{"titles":[{"text":"Prune \ud83d tomatoes","reason":null},"As plain """
                + """text",7],"description":null,"tags":["tomato",3],"chapters":{},"thumbnails":[{"overlayText":"Side """
                + """shoots"},{"overlayText":""}],"suspicious""",
            out _
        );
        Assert.Equal(["Prune  tomatoes", "As plain text"], read!.Titles.Select(title => title.Text));
        Assert.Equal(["tomato"], read.Tags);
        Assert.Equal("Side shoots", Assert.Single(read.Thumbnails).OverlayText);
        Assert.Null(SuggestionReader.Read("""{"titles":null}""", out var problem));
        Assert.Contains("titles", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("max_tokens")]
    [InlineData("max_output_tokens")]
    [InlineData("MAX_TOKENS")]
    public void Reply_CutOff_IsSaidByAnyOfItsNames(string finish) =>
        Assert.Equal(LlmFinish.Length, Reply($$"""{"choices":[{"message":{"content":"{\"a\""},"finish_reason":"{{finish}}"}]}""")!.Finish);

    [Fact]
    public void Reply_HalfACharacter_IsLeftOut()
    {
        var reply = Reply(
            """{"choices":[{"message":{"content":"abc """
                + """\ud83d"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}"""
        );
        Assert.Equal("abc", reply!.Content.TrimEnd());
    }

    [Theory]
    [InlineData("max_completion_tokens is too large: 32000. This model supports at most 16384 completion tokens.", null)]
    [InlineData("max_tokens must be less than 4096", null)]
    [InlineData("Unsupported parameter: 'max_completion_tokens' is not supported with this model.", "max_tokens")]
    public void TokenLimit_ThatIsOnlyTooLarge_KeepsItsName(string complaint, string? name) =>
        Assert.Equal(name, LlmCapabilities.Best.Without(complaint)?.TokenLimitField);

    [Fact]
    public void TokenLimit_FoundByMistake_GoesBackByTheServersWord() =>
        Assert.Equal(
            "max_completion_tokens",
            (LlmCapabilities.Best with { TokenLimitField = "max_tokens" })
                .Without("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
                ?.TokenLimitField
        );

    private static LlmReply? Reply(string body) =>
        LlmWire.Reply(
            body,
            new LlmCall
            {
                Run = new LedgerRun("run", 1, Guid.Empty, null, "test"),
                Feature = "test",
                SystemPrompt = "s",
                Messages = [],
                SchemaName = "s",
                Schema = "{}",
                MaxOutputTokens = 10,
            }
        );

    private FakeReply Server(string name)
    {
        var answers = fixture.Upstreams.OpenAi;
        return new FakeReply(context =>
        {
            var call = (FakeCall)context.Items[typeof(FakeCall)]!;
            var refusal = Refusal(name, call.Json);
            var json = Suggestions.Answer(["Prune tomatoes"]);
            return (
                refusal is { } body
                    ? FakeReply.Json(body.Body, body.Status)
                    : name switch
                    {
                        "ollama" => answers.Answer("<think>Titles first.</think>" + json, withUsage: false),
                        "lm-studio" => FakeReply.Json(Parts(json)),
                        "llama.cpp" => answers.Answer("```json\n" + json + "\n```"),
                        _ => answers.Answer(json),
                    }
            ).SendAsync(context);
        });
    }

    private static (int Status, string Body)? Refusal(string server, JsonElement sent)
    {
        bool Has(string name) => sent.TryGetProperty(name, out _);
        var format = sent.TryGetProperty("response_format", out var form) ? form.GetProperty("type").GetString() : null;
        var role = sent.GetProperty("messages")[0].GetProperty("role").GetString();
        return server switch
        {
            "openai" when Has("temperature") => (
                400,
                """{"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model. Only the default """
                    + """(1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}"""
            ),
            "azure" when format == "json_schema" => (
                400,
                """{"error":{"code":"BadRequest","message":"response_format value as json_schema is enabled only for api versions """
                    + """2024-08-01-preview and later"}}"""
            ),
            "vllm" when Has("max_completion_tokens") => (
                400,
                """{"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': """
                    + """'Extra inputs are not permitted'}]","type":"BadRequestError","param":null,"code":400}"""
            ),
            "lm-studio" when role == "system" => (
                400,
                """{"error":"Error rendering prompt with jinja template: \"Only user and assistant roles are supported!\"."}"""
            ),
            "llama.cpp" when format == "json_schema" => (
                400,
                """{"error":{"code":400,"message":"Failed to parse grammar","type":"invalid_request_error"}}"""
            ),
            "llama.cpp" when Has("max_completion_tokens") => (
                400,
                """{"error":{"code":400,"message":"max_completion_tokens is not supported","type":"invalid_request_error"}}"""
            ),
            "fastapi" when format is not null => (
                422,
                """{"detail":[{"type":"extra_forbidden","loc":["body","response_format"],"msg":"Extra inputs are not permitted"}]}"""
            ),
            _ => null,
        };
    }

    // Content as a list of parts.
    private static string Parts(string json) =>
        new JsonObject
        {
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["message"] = new JsonObject
                    {
                        ["role"] = "assistant",
                        ["content"] = new JsonArray(
                            new JsonObject { ["type"] = "text", ["text"] = json[..20] },
                            new JsonObject { ["type"] = "text", ["text"] = json[20..] }
                        ),
                    },
                    ["finish_reason"] = "stop",
                }
            ),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 10 },
        }.ToJsonString();

    private async Task<LlmOutcome> AskAsync(IServiceProvider service, string title)
    {
        using var limit = service.GetRequiredService<AnalysisDeadline>().Start(Ct);
        return await service
            .GetRequiredService<LlmSuggestions>()
            .SuggestAsync(
                new VideoInput { Title = title, Description = "Pruning tomatoes step by step." },
                null,
                new OutputPreferences(),
                new LedgerRun("run:" + Guid.CreateVersion7().ToString("D"), 1, user, null, "test-correlation"),
                limit,
                Ct
            );
    }
}
