using System.Text.Json;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>The real socket.io-client, in the version of the existing app, the current one and an older one.</summary>
public class SocketConformanceTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static readonly string[] WebSocketOnly = ["websocket"];
    private static readonly string[] AppOrder = ["websocket", "polling"];
    private static readonly string[] PollingFirst = ["polling", "websocket"];
    private static readonly string[] PollingOnly = ["polling"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Clients =>
        new()
        {
            { "client-app", "app" },
            { "client-app", "upgrade" },
            { "client-app", "polling" },
            { "client-current", "websocket" },
            { "client-current", "upgrade" },
            { "client-current", "polling" },
            { "client-old", "websocket" },
            { "client-old", "upgrade" },
        };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Client_OnEveryTransport_JoinsBothNamespacesHearsAndIsAnswered(string package, string transport)
    {
        var user = await api.CreateUserAsync();
        var cookie = await api.CookieAsync(user);
        await using var scene = new Scene(api.Database);
        var transports = transport switch
        {
            "app" => AppOrder,
            "websocket" => WebSocketOnly,
            "polling" => PollingOnly,
            _ => PollingFirst,
        };
        await using var client = await NodeSocket.StartAsync(
            package,
            api.Address,
            new { transports, extraHeaders = new { Cookie = cookie, Origin = "http://localhost:4200" } }
        );
        await client.JoinAsync("/notifications", new { token = user.AccessToken });
        await client.JoinAsync("/queue");
        await client.SaidAsync("connect", "/notifications");
        await client.SaidAsync("connect", "/queue");
        Assert.Equal(
            JsonValueKind.Array,
            (await client.EventAsync("/notifications", "initial-notifications")).GetProperty("notifications").ValueKind
        );
        if (transport == "upgrade")
        {
            await client.SaidAsync("upgrade");
        }

        var job = await scene.QueueAsync(user.Id);
        await client.EventAsync("/queue", "JOB_QUEUED");
        var claimed = await scene.ClaimAsync(job);
        await scene.ProgressAsync(claimed, 50, "reading");
        await client.EventAsync("/queue", "JOB_PROGRESS");
        await scene.CompleteAsync(claimed, "A video");
        var completed = await client.EventAsync("/queue", "JOB_COMPLETED");
        Assert.Equal("A video", completed.GetProperty("data").GetProperty("data").GetProperty("video_title").GetString());
        await client.EventAsync("/queue", "queue-update", e => e.GetProperty("eventType").GetString() == "job-completed");

        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Hello",
                Message = "m",
            },
            Ct
        );
        var id = (await client.EventAsync("/notifications", "new-notification")).GetProperty("id").GetString();
        await client.DoAsync(
            new
            {
                @do = "ask",
                ns = "/notifications",
                @event = "mark-as-read",
                args = new[] { new { notificationId = id } },
            }
        );
        Assert.True((await client.SaidAsync("ack", "/notifications")).GetProperty("answer").GetProperty("success").GetBoolean());
        Assert.Equal(id, (await client.EventAsync("/notifications", "notification-read")).GetProperty("notificationId").GetString());
        Assert.Single(client.Events("/queue", "JOB_COMPLETED"));
        Assert.Single(client.Events("/notifications", "new-notification"));
    }

    [Fact]
    public async Task Client_ThatConnectsTwice_StaysConnected()
    {
        var user = await api.CreateUserAsync();
        await using var client = await NodeSocket.StartAsync("client-app", api.Address, new { transports = AppOrder });
        // The manager is open, so that each call of connect() sends a packet at once.
        await client.SaidAsync("open");
        await client.JoinAsync("/notifications", new { token = user.AccessToken });
        await client.SaidAsync("connect", "/notifications");
        await client.DoAsync(
            new
            {
                @do = "ask",
                ns = "/notifications",
                @event = "subscribe-notifications",
                args = Array.Empty<object>(),
            }
        );
        await client.SaidAsync("ack", "/notifications");
        Assert.DoesNotContain(client.Lines, line => line.GetProperty("what").GetString() is "disconnect" or "engine-close");
    }

    [Fact]
    public async Task Client_RefusedAndUnknown_HearsConnectErrors()
    {
        await using var client = await NodeSocket.StartAsync("client-app", api.Address, new { transports = AppOrder });
        await client.JoinAsync("/notifications", new { token = "nonsense" });
        await client.JoinAsync("/elsewhere");
        Assert.Equal("Invalid token", (await client.SaidAsync("connect_error", "/notifications")).GetProperty("message").GetString());
        Assert.Equal("Invalid namespace", (await client.SaidAsync("connect_error", "/elsewhere")).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Client_ThatLosesItsConnection_RecoversWithEachEventOnce()
    {
        var user = await api.CreateUserAsync();
        await using var scene = new Scene(api.Database);
        await using var client = await NodeSocket.StartAsync("client-current", api.Address, new { transports = WebSocketOnly });
        await client.JoinAsync("/queue", new { token = user.AccessToken });
        await client.SaidAsync("connect", "/queue");
        await scene.QueueAsync(user.Id);
        await client.EventAsync("/queue", "JOB_QUEUED");
        for (var i = 2; i <= 4; i++)
        {
            var count = i;
            await client.DoAsync(new { @do = "drop" });
            await scene.QueueAsync(user.Id);
            await Eventually.TrueAsync(
                () => Task.FromResult(client.Events("/queue", "JOB_QUEUED").Count >= count),
                $"{count} jobs are heard of"
            );
        }

        Assert.True(
            (await client.SaidAsync("connect", "/queue", l => l.GetProperty("recovered").GetBoolean()))
                .GetProperty("recovered")
                .GetBoolean()
        );
        Assert.Equal(4, client.Events("/queue", "JOB_QUEUED").Select(e => e.GetProperty("jobId").GetString()).Distinct().Count());
        Assert.Equal(4, client.Events("/queue", "JOB_QUEUED").Count);
    }

    [Fact]
    public async Task Client_WhoseAccessIsRevoked_IsSentAwayForGood()
    {
        var user = await api.CreateUserAsync();
        await using var client = await NodeSocket.StartAsync("client-app", api.Address, new { transports = AppOrder });
        await client.JoinAsync("/notifications", new { token = user.AccessToken });
        await client.SaidAsync("connect", "/notifications");
        await api.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @Id", new { user.Id }, Ct);
        Assert.Equal("io server disconnect", (await client.SaidAsync("disconnect", "/notifications")).GetProperty("reason").GetString());
    }
}
