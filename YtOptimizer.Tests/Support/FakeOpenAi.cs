using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.Tests.Support;

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
