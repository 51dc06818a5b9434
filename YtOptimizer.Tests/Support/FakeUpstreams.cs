using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Tests.Support;

/// <summary>
/// The outside world on one loopback port: an OpenAI-compatible server, YouTube Data API, oEmbed, Telegram, the breach list.
/// Real HTTP; each endpoint counts its calls and answers from its script first, then by its default.
/// </summary>
internal sealed class FakeUpstreams : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeUpstreams(WebApplication app) => this.app = app;

    public FakeOpenAi OpenAi { get; } = new();

    public FakeYouTube YouTube { get; } = new();

    public FakeEndpoint OEmbed { get; } = new(FakeReply.Status(404));

    /// <summary>Thumbnails of videos.</summary>
    public FakeEndpoint Pictures { get; } = new(FakeReply.Status(404));

    public FakeEndpoint Telegram { get; } =
        new(FakeReply.Json("""{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":1,"type":"private"}}}"""));

    /// <summary>k-anonymity breach ranges: default says that no password is known.</summary>
    public FakeEndpoint BreachList { get; } = new(FakeReply.Text(""));

    public string Address { get; private set; } = "";

    /// <summary>Environment names → values that point the product at this server.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["OPENAI_BASE_URL"] = Address + "/v1",
            ["OPENAI_API_KEY"] = "dummy-openai-key",
            ["OPENAI_MODEL"] = "test-model",
            ["YOUTUBE_API_BASE_URL"] = Address + "/youtube/v3",
            ["YOUTUBE_API_KEY"] = "dummy-youtube-key",
            ["YOUTUBE_OEMBED_URL"] = Address + "/oembed",
            ["YOUTUBE_PICTURE_URL"] = Address,
            ["TELEGRAM_API_BASE_URL"] = Address,
            ["HIBP_BASE_URL"] = Address + "/hibp",
        };

    public static async Task<FakeUpstreams> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var upstreams = new FakeUpstreams(builder.Build());
        upstreams.app.Run(upstreams.HandleAsync);
        await upstreams.app.StartAsync(ct);
        upstreams.Address = upstreams.app.Urls.First();
        return upstreams;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context) =>
        context.Request.Path.Value switch
        {
            "/v1/chat/completions" => OpenAi.Chat.HandleAsync(context),
            "/v1/audio/transcriptions" => OpenAi.Transcriptions.HandleAsync(context),
            "/v1/images/generations" => OpenAi.Images.HandleAsync(context),
            "/v1/models" => FakeReply
                .Json("""{"object":"list","data":[{"id":"test-model","object":"model","created":0,"owned_by":"test"}]}""")
                .SendAsync(context),
            "/youtube/v3/videos" => YouTube.HandleAsync(context),
            "/oembed" => OEmbed.HandleAsync(context),
            { } path when path.StartsWith("/vi/", StringComparison.Ordinal) => Pictures.HandleAsync(context),
            { } path when path.StartsWith("/bot", StringComparison.Ordinal) => Telegram.HandleAsync(context),
            { } path when path.StartsWith("/hibp/range/", StringComparison.Ordinal) => BreachList.HandleAsync(context),
            _ => FakeReply.Status(404).SendAsync(context),
        };
}

/// <summary>One request as the upstream saw it.</summary>
internal sealed record FakeCall(
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>How an upstream answers one request.</summary>
internal sealed record FakeReply(Func<HttpContext, Task> SendAsync)
{
    public static FakeReply Json(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Text(json, status, "application/json", headers);

    public static FakeReply Status(int status, params (string Name, string Value)[] headers) => Text("", status, "text/plain", headers);

    public static FakeReply Text(
        string text,
        int status = 200,
        string contentType = "text/plain",
        params (string Name, string Value)[] headers
    ) =>
        new(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(text);
        });

    public static FakeReply Bytes(byte[] bytes, string contentType) =>
        new(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(bytes);
        });

    /// <summary>Accepts the request and never answers.</summary>
    public static FakeReply Hang() =>
        new(async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
        });

    /// <summary>Cuts the connection without an answer.</summary>
    public static FakeReply Reset() =>
        new(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
}

/// <summary>One endpoint: scripted replies are used up in order, then the default answers.</summary>
internal class FakeEndpoint(FakeReply fallback)
{
    private readonly ConcurrentQueue<FakeReply> script = new();
    private readonly ConcurrentQueue<FakeCall> calls = new();

    public FakeReply Default { get; set; } = fallback;

    public IReadOnlyList<FakeCall> Calls => [.. calls];

    public void Enqueue(params FakeReply[] replies)
    {
        foreach (var reply in replies)
        {
            script.Enqueue(reply);
        }
    }

    public void Reset()
    {
        script.Clear();
        calls.Clear();
    }

    public virtual async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var call = new FakeCall(
            context.Request.Path.Value ?? "",
            context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
            context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted)
        );
        calls.Enqueue(call);
        context.Items[typeof(FakeCall)] = call;
        await (script.TryDequeue(out var reply) ? reply : Default).SendAsync(context);
    }
}

/// <summary>An OpenAI-compatible server that knows what it billed.</summary>
internal sealed class FakeOpenAi
{
    private long billedPrompt;
    private long billedCompletion;
    private int billedCalls;

    public FakeOpenAi()
    {
        Chat = new FakeEndpoint(Answer(_ => """{"titles":[]}"""));
        Transcriptions = new FakeEndpoint(FakeReply.Json("""{"text":"This is the spoken text of the video."}"""));
        Images = new FakeEndpoint(FakeReply.Status(404));
    }

    public FakeEndpoint Chat { get; }

    public FakeEndpoint Transcriptions { get; }

    public FakeEndpoint Images { get; }

    /// <summary>What the server charged, whether or not its answer arrived.</summary>
    public long BilledTokens => Interlocked.Read(ref billedPrompt) + Interlocked.Read(ref billedCompletion);

    public long BilledPromptTokens => Interlocked.Read(ref billedPrompt);

    public long BilledCompletionTokens => Interlocked.Read(ref billedCompletion);

    public int BilledCalls => billedCalls;

    public void ResetBill()
    {
        Interlocked.Exchange(ref billedPrompt, 0);
        Interlocked.Exchange(ref billedCompletion, 0);
        Interlocked.Exchange(ref billedCalls, 0);
    }

    public static FakeReply Error(
        int status,
        string code,
        string message = "refused by the test",
        params (string Name, string Value)[] headers
    ) =>
        FakeReply.Json(
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = message,
                    ["type"] = code,
                    ["code"] = code,
                },
            }.ToJsonString(),
            status,
            headers
        );

    /// <summary>A model that answers what <paramref name="write"/> makes of the request.</summary>
    public FakeReply Answer(
        Func<FakeCall, string> write,
        string finish = "stop",
        bool withUsage = true,
        int promptTokens = 700,
        int completionTokens = 300,
        string? refusal = null
    ) => new(context => SendAnswerAsync(context, write, finish, withUsage, promptTokens, completionTokens, refusal));

    public FakeReply Answer(
        string content,
        string finish = "stop",
        bool withUsage = true,
        int promptTokens = 700,
        int completionTokens = 300
    ) => Answer(_ => content, finish, withUsage, promptTokens, completionTokens);

    public FakeReply Refusal(string why = "I cannot help with that.") => Answer(_ => "", refusal: why, completionTokens: 12);

    /// <summary>Does the work and charges for it, but the answer never arrives.</summary>
    public FakeReply BilledThenLost(int promptTokens = 700, int completionTokens = 300) =>
        new(context =>
        {
            Bill(promptTokens, completionTokens);
            context.Abort();
            return Task.CompletedTask;
        });

    /// <summary>Bills, then never answers.</summary>
    public FakeReply BilledThenSilent(int promptTokens = 700, int completionTokens = 300) =>
        new(context =>
        {
            Bill(promptTokens, completionTokens);
            return FakeReply.Hang().SendAsync(context);
        });

    private Task SendAnswerAsync(
        HttpContext context,
        Func<FakeCall, string> write,
        string finish,
        bool withUsage,
        int promptTokens,
        int completionTokens,
        string? refusal
    )
    {
        var call = (FakeCall)context.Items[typeof(FakeCall)]!;
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = refusal is null ? write(call) : null,
            ["refusal"] = refusal,
        };
        var body = new JsonObject
        {
            ["id"] = "chatcmpl-" + Guid.CreateVersion7().ToString("N"),
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "test-model",
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["message"] = message,
                    ["finish_reason"] = finish,
                }
            ),
        };
        if (withUsage)
        {
            body["usage"] = new JsonObject
            {
                ["prompt_tokens"] = promptTokens,
                ["completion_tokens"] = completionTokens,
                ["total_tokens"] = promptTokens + completionTokens,
            };
        }

        Bill(promptTokens, completionTokens);
        return FakeReply.Json(body.ToJsonString()).SendAsync(context);
    }

    private void Bill(int promptTokens, int completionTokens)
    {
        Interlocked.Add(ref billedPrompt, promptTokens);
        Interlocked.Add(ref billedCompletion, completionTokens);
        Interlocked.Increment(ref billedCalls);
    }
}

/// <summary><c>videos.list</c> over what the test put in <see cref="Items"/>; missing ids are simply absent, as on the real
/// service.</summary>
internal sealed class FakeYouTube : FakeEndpoint
{
    public FakeYouTube()
        : base(FakeReply.Status(500)) => Restore();

    /// <summary>Id → item JSON.</summary>
    public ConcurrentDictionary<string, string> Items { get; } = new(StringComparer.Ordinal);

    public static FakeReply Error(int status, string reason) =>
        FakeReply.Json(
            $$$"""{"error":{"errors":[{"domain":"usageLimits","reason":"{{{reason}}}","message":"refused by the test"}],"code":{{{status.ToString(CultureInfo.InvariantCulture)}}},"message":"refused by the test"}}""",
            status
        );

    /// <summary>Adds a public video.</summary>
    public void Add(string id, string title, string description = "", string duration = "PT10M", params string[] tags) =>
        Items[id] = new JsonObject
        {
            ["kind"] = "youtube#video",
            ["id"] = id,
            ["snippet"] = new JsonObject
            {
                ["publishedAt"] = "2026-01-02T03:04:05Z",
                ["channelId"] = "UC_test_channel_0000000000",
                ["title"] = title,
                ["description"] = description,
                ["channelTitle"] = "Test Channel",
                ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
                ["categoryId"] = "27",
                ["liveBroadcastContent"] = "none",
                ["thumbnails"] = new JsonObject
                {
                    ["maxres"] = new JsonObject
                    {
                        ["url"] = $"https://i.ytimg.com/vi/{id}/maxresdefault.jpg",
                        ["width"] = 1280,
                        ["height"] = 720,
                    },
                },
            },
            ["contentDetails"] = new JsonObject { ["duration"] = duration, ["caption"] = "true" },
            ["status"] = new JsonObject { ["madeForKids"] = false },
            ["statistics"] = new JsonObject
            {
                ["viewCount"] = "1000",
                ["likeCount"] = "50",
                ["commentCount"] = "5",
            },
        }.ToJsonString();

    /// <summary>Answers from <see cref="Items"/> again.</summary>
    public void Restore() => Default = new FakeReply(ListAsync);

    private Task ListAsync(HttpContext context)
    {
        var items = context
            .Request.Query["id"]
            .ToString()
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => Items.GetValueOrDefault(id))
            .OfType<string>()
            .ToList();
        return FakeReply
            .Json(
                $$$"""{"kind":"youtube#videoListResponse","etag":"x","items":[{{{string.Join(',', items)}}}],"pageInfo":{"totalResults":{{{items.Count.ToString(CultureInfo.InvariantCulture)}}},"resultsPerPage":50}}"""
            )
            .SendAsync(context);
    }
}
