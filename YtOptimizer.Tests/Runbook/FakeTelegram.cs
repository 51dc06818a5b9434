using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Tests.Runbook;

/// <summary>A server that answers like the Bot API and keeps what it is sent.</summary>
internal sealed class FakeTelegram : IAsyncDisposable
{
    private readonly WebApplication application;

    private FakeTelegram(WebApplication application) => this.application = application;

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>What was posted to <see cref="WebhookUrl"/>.</summary>
    public ConcurrentQueue<string> Posts { get; } = new();

    public string WebhookUrl => application.Urls.First() + "/hook";

    /// <summary>Runs when a message has arrived and before it is answered.</summary>
    public Action OnMessage { get; set; } = () => { };

    /// <summary>What points a process of ours here.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["TELEGRAM_BOT_TOKEN"] = "123456:dummy",
        ["TELEGRAM_CHAT_ID"] = "42",
        ["TELEGRAM_API_BASE_URL"] = application.Urls.First(),
    };

    public static async Task<FakeTelegram> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var telegram = new FakeTelegram(application);
        application.MapPost("/bot123456:dummy/getUpdates", async (CancellationToken ct) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10), ct);
            return Results.Json(new { ok = true, result = Array.Empty<object>() });
        });
        application.MapPost("/bot123456:dummy/sendMessage", async (HttpRequest request) =>
        {
            telegram.Messages.Enqueue(WebUtility.HtmlDecode(await new StreamReader(request.Body).ReadToEndAsync()));
            telegram.OnMessage();
            return Results.Json(new { ok = true, result = new { message_id = 1, date = 1, chat = new { id = 42, type = "private" } } });
        });
        application.MapPost("/hook", async (HttpRequest request) => telegram.Posts.Enqueue(await new StreamReader(request.Body).ReadToEndAsync()));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return telegram;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
