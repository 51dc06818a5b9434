using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.Alerts;

/// <summary>The real Telegram client against a server that answers like the Bot API.</summary>
public sealed class AlertSenderTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> received = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ConcurrentQueue<int> answers = new();
    private TestDatabase database = null!;
    private WebApplication telegram = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        telegram = builder.Build();
        telegram.MapPost("/bot123456:dummy/sendMessage", async (HttpRequest request) =>
        {
            if (answers.TryDequeue(out var status) && status != 200)
            {
                return Results.Json(new { ok = false, error_code = status, description = "Too Many Requests: retry after 7", parameters = new { retry_after = 7 } }, statusCode: status);
            }

            received.Enqueue(await new StreamReader(request.Body).ReadToEndAsync());
            return Results.Json(new { ok = true, result = new { message_id = 1, date = 1, chat = new { id = 42, type = "private" } } });
        });
        await telegram.StartAsync(Ct);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TELEGRAM_BOT_TOKEN"] = "123456:dummy",
            ["TELEGRAM_CHAT_ID"] = "42",
            ["TELEGRAM_API_BASE_URL"] = telegram.Urls.First(),
        }).Build();
        services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddSingleton(database.DataSource).AddDb().AddAlerts(configuration).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await telegram.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task SendDue_FiftyKindsAtOnce_FewMessagesAndNoneLost()
    {
        for (var i = 0; i < 50; i++)
        {
            await QueueAsync($"kind {i:00} <script>");
        }

        for (var second = 0; second < 60; second++)
        {
            await Sender.SendDueAsync(Ct);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(received.Count, 1, 20);
        var all = string.Concat(received.Select(WebUtility.HtmlDecode));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains($"kind {i:00}", all));
        Assert.DoesNotContain("<script>", string.Concat(received));
        Assert.Equal(0, await UnsentAsync());
    }

    [Fact]
    public async Task SendDue_TooManyRequests_WaitsAsLongAsAskedAndSendsOnce()
    {
        answers.Enqueue(429);
        await QueueAsync("storm");
        var failure = Assert.Single(await Sender.SendDueAsync(Ct));
        Assert.DoesNotContain("dummy", failure);
        var wait = await database.Db.ScalarAsync<double>("SELECT extract(epoch FROM due_at - now())::float8 FROM alert_outbox", null, Ct);
        Assert.InRange(wait, 5, 7);

        await database.Db.ExecuteAsync("UPDATE alert_outbox SET due_at = now()", null, Ct);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Sender.SendDueAsync(Ct);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Sender.SendDueAsync(Ct);
        Assert.Single(received);
        Assert.Equal(0, await UnsentAsync());
    }

    private AlertSender Sender => services.GetRequiredService<AlertSender>();

    private Task QueueAsync(string title) => services.GetRequiredService<Incidents>().AnnounceAsync(title, "error", title, "body of " + title, ["telegram"], Ct);

    private Task<long> UnsentAsync() => database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_outbox WHERE sent_at IS NULL", null, Ct);
}
