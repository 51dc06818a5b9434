using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.Tests.Support;

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
