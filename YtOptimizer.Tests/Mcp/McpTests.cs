using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using YtOptimizer.Tests.Contracts;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.Mcp.McpFixture;

namespace YtOptimizer.Tests.Mcp;

/// <summary>The tools at /mcp, with the SDK's client and with npm's.</summary>
public sealed class McpTests(McpFixture api) : IClassFixture<McpFixture>
{
    private static readonly string[] Names = ["get_suggestions", "judge_text", "submit_transcript", "submit_video", "wait_for_analysis"];

    private static readonly string Talk = Path.Combine(AppContext.BaseDirectory, "Data", "transcripts", "en-tutorial-wobbly-chair.vtt");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("not-a-token")]
    public async Task Caller_WithoutAccessToken_Is401AndToldHow(string? token)
    {
        using var client = api.Anonymous();
        using var request = Initialize();
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("unauthenticated", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Session_IsNotKept_SoThatAnyProcessMayAnswer()
    {
        var user = await api.CreateUserAsync();
        using var client = api.ClientFor(user.AccessToken);
        using var response = await client.SendAsync(Initialize(), Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync("/mcp", Ct)).StatusCode);
    }

    [Fact]
    public async Task Tools_All_ExplainThemselvesAndTheirParameters()
    {
        await using var client = await api.ConnectAsync(await api.CreateUserAsync());
        Assert.Contains("wait_for_analysis", client.ServerInstructions, StringComparison.Ordinal);
        var tools = await client.ListToolsAsync(cancellationToken: Ct);
        Assert.Equal(Names, tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool =>
        {
            Assert.InRange(tool.Description.Length, 60, 600);
            Assert.False(tool.ProtocolTool.Annotations!.DestructiveHint ?? tool.ProtocolTool.Annotations.ReadOnlyHint != true);
            foreach (var parameter in tool.JsonSchema.GetProperty("properties").EnumerateObject())
            {
                Assert.True(parameter.Value.TryGetProperty("description", out _), $"{tool.Name}.{parameter.Name}");
            }
        });
        var schema = tools.Single(tool => tool.Name == "submit_video").JsonSchema;
        Assert.Equal(["url"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(schema.GetProperty("properties").TryGetProperty("ct", out _));
    }

    [Fact]
    public async Task Transcript_SubmittedAndWaitedFor_GivesSuggestionsWithProgress()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, settings: [("AI_ENABLED", "false")]);
        await using var client = await api.ConnectAsync(await api.CreateUserAsync());
        var submitted = await CallAsync(client, "submit_transcript", new { transcript = await File.ReadAllTextAsync(Talk, Ct) });
        Assert.False(submitted.IsError ?? false, Text(submitted));
        var jobId = submitted.StructuredContent!.Value.GetProperty("jobId").GetGuid();
        var seen = new Seen();
        var ended = await CallAsync(client, "wait_for_analysis", new { jobId, timeoutSeconds = 90 }, seen);
        Assert.False(ended.IsError ?? false, Text(ended));
        var result = ended.StructuredContent!.Value;
        Assert.Equal("completed", result.GetProperty("status").GetString());
        Assert.True(result.GetProperty("titles").GetArrayLength() > 0);
        Assert.True(result.GetProperty("tags").GetArrayLength() > 0);
        Assert.InRange(result.GetProperty("score").GetInt32(), 0, 100);
        Assert.Contains("joints", result.GetProperty("titles")[0].GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(JsonElement.DeepEquals(result, JsonDocument.Parse(Text(ended)).RootElement));
        var again = await CallAsync(client, "get_suggestions", new { jobId });
        Assert.True(JsonElement.DeepEquals(result, again.StructuredContent!.Value));
        Assert.All(seen.Values, value => Assert.Equal(100, value.Total));
    }

    [Fact]
    public async Task Wait_LongerThanAsked_ReportsProgressAndSaysToAskAgain()
    {
        await using var client = await api.ConnectAsync(await api.CreateUserAsync());
        var submitted = await CallAsync(
            client,
            "submit_video",
            new
            {
                url = "https://youtu.be/dQw4w9WgXcQ",
                title = "Baking bread at home",
                tags = new[] { "bread" },
            }
        );
        var jobId = submitted.StructuredContent!.Value.GetProperty("jobId").GetGuid();
        var seen = new Seen();

        // Long enough for a second look: progress that is sent together with the answer may come after it, when nobody listens any more.
        var waited = await CallAsync(client, "wait_for_analysis", new { jobId, timeoutSeconds = 3 }, seen);
        Assert.Equal("pending", waited.StructuredContent!.Value.GetProperty("status").GetString());
        Assert.Contains($"again with jobId {jobId}", Text(waited), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(!seen.Values.IsEmpty), "progress was reported");
        var looked = await CallAsync(client, "get_suggestions", new { jobId });
        Assert.Contains("wait_for_analysis", Text(looked), StringComparison.Ordinal);

        // Somebody else's job does not exist.
        await using var stranger = await api.ConnectAsync(await api.CreateUserAsync());
        foreach (var tool in new[] { "get_suggestions", "wait_for_analysis" })
        {
            var foreign = await CallAsync(stranger, tool, new { jobId });
            Assert.True(foreign.IsError);
            Assert.StartsWith("job_not_found: ", Text(foreign), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://example.com/watch", "host_not_youtube: ")]
    [InlineData("", "validation_failed: ")]
    public async Task Refusal_OfTheEndpoint_IsAReadableError(string url, string says)
    {
        await using var client = await api.ConnectAsync(await api.CreateUserAsync());
        var refused = await CallAsync(client, "submit_video", new { url });
        Assert.True(refused.IsError);
        Assert.Contains(says, Text(refused), StringComparison.Ordinal);
        var tooLong = await CallAsync(client, "submit_video", new { url = "dQw4w9WgXcQ", tone = new string('x', 101) });
        Assert.Contains("tone must be at most 100 characters", Text(tooLong), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quota_OfThePlan_HoldsForToolsToo()
    {
        var user = await api.CreateUserAsync();
        await using var client = await api.ConnectAsync(user);
        var last = "";
        for (var n = 0; n < 30 && !last.StartsWith("quota_exceeded", StringComparison.Ordinal); n++)
        {
            var answer = await CallAsync(client, "submit_video", new { url = "dQw4w9WgXcQ", tone = $"tone {n}" });
            last = answer.IsError == true ? Text(answer) : "";
            await api.Database.Db.ExecuteAsync(
                "UPDATE job_queue SET status = 'completed', completed_at = now() WHERE user_id = @Id AND status = 'pending'",
                new { user.Id },
                Ct
            );
        }

        Assert.StartsWith("quota_exceeded: Your plan allows", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_OwnTexts_AreAcceptedOrRefusedWithReasons()
    {
        await using var client = await api.ConnectAsync(await api.CreateUserAsync());
        var judged = await CallAsync(
            client,
            "judge_text",
            new
            {
                videoTitle = "How to bake sourdough bread at home",
                videoDescription = "Mix rye flour, water and salt. The dough rests overnight and goes into a hot oven.",
                title = "Bake sourdough bread at home",
                tags = new[] { "sourdough bread", "moon landing" },
            }
        );
        Assert.False(judged.IsError ?? false, Text(judged));
        var verdicts = judged.StructuredContent!.Value.GetProperty("verdicts");
        Assert.Equal([true, true, false], verdicts.EnumerateArray().Select(verdict => verdict.GetProperty("accepted").GetBoolean()));
        Assert.StartsWith("sources_missing: ", Text(await CallAsync(client, "judge_text", new { title = "x" })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeClient_SubmitsWaitsAndReads()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, settings: [("AI_ENABLED", "false")]);
        var user = await api.CreateUserAsync();
        var (code, output, error) = await NodeContracts.RunAsync("mcp-client.mjs", api.Endpoint.ToString(), user.AccessToken, Talk);
        Assert.True(code == 0, error);
        var seen = JsonDocument.Parse(output).RootElement;
        Assert.Equal(Names, seen.GetProperty("tools").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("completed", seen.GetProperty("status").GetString());
        Assert.True(seen.GetProperty("titles").GetArrayLength() > 0);
        Assert.StartsWith("job_not_found: ", seen.GetProperty("foreign").GetString(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Initialize()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
                "clientInfo":{"name":"test","version":"1"}}}
                """,
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }

    private sealed class Seen : IProgress<ProgressNotificationValue>
    {
        public ConcurrentQueue<ProgressNotificationValue> Values { get; } = new();

        public void Report(ProgressNotificationValue value) => Values.Enqueue(value);
    }
}
