using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Tests.Runbook;

/// <summary>A server that answers like the Bot API and keeps what it is sent.</summary>
internal sealed class FakeTelegram : IAsyncDisposable
{
    private const string Bot = "/bot123456:dummy";
    private readonly WebApplication application;
    private readonly ConcurrentQueue<int> refusals = new();
    private readonly List<object> updates = [];
    private int pollers;
    private int mostPollers;

    private FakeTelegram(WebApplication application) => this.application = application;

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>What was posted to <see cref="WebhookUrl"/>.</summary>
    public ConcurrentQueue<string> Posts { get; } = new();

    public string WebhookUrl => application.Urls.First() + "/hook";

    /// <summary>The group has become this supergroup: messages to any other chat are refused as Telegram does.</summary>
    public long? MovedTo { get; set; }

    /// <summary>Runs when a message has arrived and before it is answered.</summary>
    public Func<Task> OnMessage { get; set; } = () => Task.CompletedTask;

    /// <summary>Most processes that ever polled for commands at once.</summary>
    public int MostPollers => Volatile.Read(ref mostPollers);

    /// <summary>What points a process of ours here.</summary>
    public Dictionary<string, string?> Settings =>
        new(StringComparer.Ordinal)
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
        application.MapPost(Bot + "/getUpdates", telegram.PollAsync);
        application.MapPost(Bot + "/sendMessage", telegram.TakeAsync);
        application.MapPost("/hook", async (HttpRequest request) =>
            telegram.Posts.Enqueue(await new StreamReader(request.Body).ReadToEndAsync())
        );
        await application.StartAsync(TestContext.Current.CancellationToken);
        return telegram;
    }

    /// <summary>The next message is answered "too many requests", with this wish.</summary>
    public void RefuseNext(int retryAfterSeconds) => refusals.Enqueue(retryAfterSeconds);

    /// <summary>Somebody writes in a chat.</summary>
    public void Write(long chat, string text)
    {
        lock (updates)
        {
            updates.Add(
                new
                {
                    update_id = 100 + updates.Count,
                    message = new
                    {
                        message_id = 1,
                        date = 1,
                        chat = new { id = chat, type = "private" },
                        from = new
                        {
                            id = 7,
                            is_bot = false,
                            first_name = "O",
                            username = "operator",
                        },
                        text,
                    },
                }
            );
        }
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task<IResult> PollAsync(HttpRequest request, CancellationToken ct)
    {
        var now = Interlocked.Increment(ref pollers);
        InterlockedMax(now);
        try
        {
            var body = await request.ReadFromJsonAsync<JsonElement>(ct);
            var offset = body.TryGetProperty("offset", out var value) ? value.GetInt32() : 0;
            object[] due;
            lock (updates)
            {
                due = [.. updates.Skip(Math.Max(0, offset - 100))];
            }

            // The real server holds the request for as long as it is asked to; a shorter time keeps tests short.
            await Task.Delay(TimeSpan.FromMilliseconds(due.Length == 0 ? 500 : 1), ct);
            return Results.Json(new { ok = true, result = due });
        }
        finally
        {
            Interlocked.Decrement(ref pollers);
        }
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var sent = await request.ReadFromJsonAsync<JsonElement>();
        if (
            MovedTo is { } moved
            && sent.GetProperty("chat_id").ToString() != moved.ToString(System.Globalization.CultureInfo.InvariantCulture)
        )
        {
            return Results.Json(
                new
                {
                    ok = false,
                    error_code = 400,
                    description = "Bad Request: group chat was upgraded to a supergroup chat",
                    parameters = new { migrate_to_chat_id = moved },
                },
                statusCode: 400
            );
        }

        if (refusals.TryDequeue(out var seconds))
        {
            return Results.Json(
                new
                {
                    ok = false,
                    error_code = 429,
                    description = $"Too Many Requests: retry after {seconds}",
                    parameters = new { retry_after = seconds },
                },
                statusCode: 429
            );
        }

        Messages.Enqueue(WebUtility.HtmlDecode(sent.GetProperty("text").GetString()!));
        await OnMessage();
        return Results.Json(
            new
            {
                ok = true,
                result = new
                {
                    message_id = 1,
                    date = 1,
                    chat = new { id = 42, type = "private" },
                },
            }
        );
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref mostPollers)) < value && Interlocked.CompareExchange(ref mostPollers, value, seen) != seen)
        {
            // Somebody else changed it meanwhile.
        }
    }
}
