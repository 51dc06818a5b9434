using System.Net.WebSockets;
using System.Text.Json;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Events in both directions, in both dialects.</summary>
public class SocketEventTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_LiveFromQueueToEnd_EachStateOnceInBothDialects()
    {
        var user = await api.CreateUserAsync();
        await using var scene = new Scene(api.Database);
        await using var socket = await QueueAsync(user);
        var id = await scene.QueueAsync(user.Id);
        await socket.EventAsync("/queue", "JOB_QUEUED");
        var job = await scene.ClaimAsync(id);
        await scene.ProgressAsync(job, 30, "reading");
        await scene.ProgressAsync(job, 70, "writing");
        await scene.FailAsync(job, "The video is private.");
        var failed = await socket.EventAsync("/queue", "JOB_FAILED");
        Assert.Equal(
            ("failed", "The video is private."),
            (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetString())
        );
        Assert.Equal([30, 70], socket.Events("/queue", "JOB_PROGRESS").Select(e => e.GetProperty("progress").GetInt32()));
        Assert.All(socket.Events("/queue", "JOB_PROGRESS"), e => Assert.Equal("processing", e.GetProperty("status").GetString()));
        await socket.EventAsync("/queue", "queue-update", e => e.GetProperty("eventType").GetString() == "job-failed");
        Assert.Equal(
            ["job-queued", "job-progress", "job-progress", "job-failed"],
            socket.Events("/queue", "queue-update").Select(e => e.GetProperty("eventType").GetString())
        );
    }

    [Fact]
    public async Task Subscribe_AndAcks_AreAnswered()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await QueueAsync(user);
        await socket.SendAsync("42/queue,7[\"subscribe-queue\"]");
        Assert.True((await socket.EventAsync("/queue", "subscribed")).GetProperty("success").GetBoolean());
        Assert.Equal(
            "43/queue,7[{\"success\":true}]",
            await socket.PacketAsync(p => p.StartsWith("43/queue,", StringComparison.Ordinal), "the acknowledgement")
        );
        await socket.SendAsync("42/queue,[\"no-such-event\",{}]");
        Assert.Equal("error", (await socket.EventAsync("/queue", "exception")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Notification_New_IsPushedOnceAndReadingReachesEveryTab()
    {
        var user = await api.CreateUserAsync();
        await using var one = await NotificationsAsync(user);
        await using var two = await NotificationsAsync(user);
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Live",
                Message = "m",
            },
            Ct
        );
        var id = (await one.EventAsync("/notifications", "new-notification")).GetProperty("id").GetString();
        await two.EventAsync("/notifications", "new-notification");
        await one.EventAsync("/notifications", "unread-count", e => e.GetProperty("count").GetInt32() == 1);
        await one.SendAsync($"42/notifications,[\"mark-as-read\",{{\"notificationId\":\"{id}\"}}]");
        foreach (var tab in new[] { one, two })
        {
            Assert.Equal(id, (await tab.EventAsync("/notifications", "notification-read")).GetProperty("notificationId").GetString());
            Assert.Equal(id, (await tab.EventAsync("/notifications", "marked-as-read")).GetProperty("notificationId").GetString());
            Assert.Single(tab.Events("/notifications", "new-notification"));
        }

        await two.EventAsync("/notifications", "unread-count", e =>
            e.GetProperty("count").GetInt32() == 0 && two.Events("/notifications", "new-notification").Count == 1
        );
        Assert.True(await api.Database.Db.ScalarAsync<bool>("SELECT read FROM notifications WHERE id = @id::uuid", new { id }, Ct));
    }

    [Fact]
    public async Task Notification_ThatChanges_ReplacesTheListAndIsNotNewTwice()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await NotificationsAsync(user);
        var first = new NewNotification
        {
            UserId = user.Id,
            Title = "Started",
            Message = "m",
            DedupKey = "job:1",
            Replaces = true,
        };
        await NotificationWriter.AddAsync(api.Database.Db, first, Ct);
        await socket.EventAsync("/notifications", "new-notification");
        await NotificationWriter.AddAsync(api.Database.Db, first with { Title = "Completed" }, Ct);
        var list = await socket.EventAsync("/notifications", "initial-notifications", e =>
            e.GetProperty("notifications").GetArrayLength() == 1
        );
        Assert.Equal("Completed", list.GetProperty("notifications")[0].GetProperty("title").GetString());
        Assert.Single(socket.Events("/notifications", "new-notification"));
    }

    [Fact]
    public async Task MarkAllAndList_AnswerAsTheFirstImplementationDid()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 3; i++)
        {
            await NotificationWriter.AddAsync(
                api.Database.Db,
                new NewNotification
                {
                    UserId = user.Id,
                    Title = $"n{i}",
                    Message = "m",
                    Type = i == 0 ? "tip" : "system",
                },
                Ct
            );
        }

        await using var socket = await NotificationsAsync(user);
        await socket.SendAsync("42/notifications,[\"get-notifications\",{\"type\":\"system\",\"limit\":1}]");
        var list = await socket.EventAsync("/notifications", "notifications-list");
        Assert.Equal((1, 2), (list.GetProperty("notifications").GetArrayLength(), list.GetProperty("total").GetInt32()));
        await socket.SendAsync("42/notifications,[\"mark-all-as-read\"]");
        await socket.EventAsync("/notifications", "all-marked-as-read");
        await socket.EventAsync("/notifications", "unread-count", e => e.GetProperty("count").GetInt32() == 0);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<int>(
                "SELECT count(*)::int FROM notifications WHERE user_id = @Id AND NOT read",
                new { user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task MarkAsRead_ForeignNotification_ChangesNothing()
    {
        var owner = await api.CreateUserAsync();
        var stranger = await api.CreateUserAsync();
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = owner.Id,
                Title = "Private",
                Message = "m",
            },
            Ct
        );
        var id = await api.Database.Db.ScalarAsync<Guid>("SELECT id FROM notifications WHERE user_id = @Id", new { owner.Id }, Ct);
        await using var socket = await NotificationsAsync(stranger);
        await socket.SendAsync($"42/notifications,3[\"mark-as-read\",{{\"notificationId\":\"{id}\"}}]");
        Assert.Contains(
            "\"status\":\"error\"",
            await socket.PacketAsync(p => p.StartsWith("43/notifications,3", StringComparison.Ordinal), "the refusal"),
            StringComparison.Ordinal
        );
        Assert.False(await api.Database.Db.ScalarAsync<bool>("SELECT read FROM notifications WHERE id = @id", new { id }, Ct));
    }

    [Fact]
    public async Task Recovery_ByOffset_BringsWhatWasMissedOnly()
    {
        var user = await api.CreateUserAsync();
        await using var scene = new Scene(api.Database);
        var first = await QueueAsync(user);
        var connect = JsonDocument
            .Parse((await first.PacketAsync(p => p.StartsWith("40/queue,", StringComparison.Ordinal), "connect"))[9..])
            .RootElement;
        await scene.QueueAsync(user.Id);
        await first.EventAsync("/queue", "queue-update");
        var packet = first.Received.Last(p => p.StartsWith("42/queue,", StringComparison.Ordinal));
        var offset = JsonDocument.Parse(packet[9..]).RootElement[2].GetString();
        await first.DisposeAsync();
        var missed = await scene.QueueAsync(user.Id);

        await using var second = await RawSocket.OpenAsync(api.Address);
        var answer = await second.JoinAsync(
            "/queue",
            new
            {
                token = user.AccessToken,
                pid = connect.GetProperty("pid").GetString(),
                offset,
            }
        );
        Assert.Contains(connect.GetProperty("pid").GetString()!, answer, StringComparison.Ordinal);
        Assert.Equal(missed, (await second.EventAsync("/queue", "JOB_QUEUED")).GetProperty("jobId").GetGuid());
        Assert.Single(second.Events("/queue", "JOB_QUEUED"));
    }

    [Theory]
    [InlineData("4", WebSocketCloseStatus.ProtocolError)]
    [InlineData("7", WebSocketCloseStatus.ProtocolError)]
    [InlineData("49", WebSocketCloseStatus.ProtocolError)]
    [InlineData("42/queue,[]", WebSocketCloseStatus.ProtocolError)]
    [InlineData("42/queue,[1]", WebSocketCloseStatus.ProtocolError)]
    [InlineData("42/queue,{\"a\":1}", WebSocketCloseStatus.ProtocolError)]
    [InlineData("42/queue,[\"a\"", WebSocketCloseStatus.ProtocolError)]
    [InlineData("40/queue,[]", WebSocketCloseStatus.ProtocolError)]
    [InlineData("451-/queue,[\"a\",{\"_placeholder\":true,\"num\":0}]", WebSocketCloseStatus.InvalidMessageType)]
    [InlineData("42/queue,99999999999[\"a\"]", WebSocketCloseStatus.ProtocolError)]
    public async Task Packet_AgainstTheProtocol_EndsTheConnectionWithAReason(string packet, WebSocketCloseStatus status)
    {
        var user = await api.CreateUserAsync();
        await using var socket = await QueueAsync(user);
        await socket.SendAsync(packet);
        await socket.EndAsync();
        Assert.Equal(status, socket.CloseStatus);
    }

    [Fact]
    public async Task Event_BeforeJoining_EndsTheConnection()
    {
        await using var socket = await RawSocket.OpenAsync(api.Address);
        await socket.SendAsync("42/queue,[\"subscribe-queue\"]");
        await socket.EndAsync();
        Assert.Equal(WebSocketCloseStatus.ProtocolError, socket.CloseStatus);
    }

    [Fact]
    public async Task Message_TooLargeOrBinary_EndsTheConnection()
    {
        var user = await api.CreateUserAsync();
        await using var large = await QueueAsync(user);
        await large.SendAsync("42/queue,[\"" + new string('a', 70_000) + "\"]");
        await large.EndAsync();
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, large.CloseStatus);
        await using var binary = await QueueAsync(user);
        await binary.SendBinaryAsync([1, 2, 3]);
        await binary.EndAsync();
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, binary.CloseStatus);
    }

    private async Task<RawSocket> QueueAsync(ApiUser user) => await JoinedAsync(user, "/queue");

    private async Task<RawSocket> NotificationsAsync(ApiUser user)
    {
        var socket = await JoinedAsync(user, "/notifications");
        await socket.EventAsync("/notifications", "initial-notifications");
        return socket;
    }

    private async Task<RawSocket> JoinedAsync(ApiUser user, string space)
    {
        var socket = await RawSocket.OpenAsync(api.Address);
        Assert.StartsWith($"40{space},", await socket.JoinAsync(space, new { token = user.AccessToken }), StringComparison.Ordinal);
        return socket;
    }
}
