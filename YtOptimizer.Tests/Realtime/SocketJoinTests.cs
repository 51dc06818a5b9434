using System.Text.Json;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Who may open a socket and join a namespace, and what is shown then.</summary>
public class SocketJoinTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handshake_SaysWhatTheProtocolWants()
    {
        await using var socket = await RawSocket.OpenAsync(api.Address);
        var open = JsonDocument.Parse((await socket.PacketAsync(p => p[0] == '0', "the open packet"))[1..]).RootElement;
        Assert.False(string.IsNullOrEmpty(open.GetProperty("sid").GetString()));
        Assert.Equal("websocket", open.GetProperty("upgrades")[0].GetString());
        Assert.Equal((25000, 20000), (open.GetProperty("pingInterval").GetInt32(), open.GetProperty("pingTimeout").GetInt32()));
        Assert.Equal(64 * 1024, open.GetProperty("maxPayload").GetInt32());
    }

    [Fact]
    public async Task Notifications_ByTokenInAuth_ShowsUnreadNewestFirst()
    {
        var user = await api.CreateUserAsync();
        foreach (var title in new[] { "First", "Second" })
        {
            await NotificationWriter.AddAsync(
                api.Database.Db,
                new NewNotification
                {
                    UserId = user.Id,
                    Title = title,
                    Message = "m",
                    Severity = "success",
                },
                Ct
            );
        }

        await using var socket = await RawSocket.OpenAsync(api.Address);
        Assert.StartsWith(
            "40/notifications,{\"sid\":\"",
            await socket.JoinAsync("/notifications", new { token = user.AccessToken }),
            StringComparison.Ordinal
        );
        var initial = await socket.EventAsync("/notifications", "initial-notifications");
        Assert.Equal((2, 2), (initial.GetProperty("unreadCount").GetInt32(), initial.GetProperty("count").GetInt32()));
        var first = initial.GetProperty("notifications")[0];
        Assert.Equal(
            ("Second", "success", false, false, "medium"),
            (
                first.GetProperty("title").GetString(),
                first.GetProperty("severity").GetString(),
                first.GetProperty("isRead").GetBoolean(),
                first.GetProperty("read").GetBoolean(),
                first.GetProperty("priority").GetString()
            )
        );
        Assert.Equal(2, (await socket.EventAsync("/notifications", "unread-count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Queue_BySessionCookieAlone_ReplaysUnfinishedAndRecentJobsWithTheAudit()
    {
        var user = await api.CreateUserAsync();
        var cookie = await api.CookieAsync(user);
        await using var scene = new Scene(api.Database);
        var done = await scene.QueueAsync(user.Id);
        await scene.CompleteAsync(await scene.ClaimAsync(done), "A finished video");
        var waiting = await scene.QueueAsync(user.Id);

        await using var socket = await RawSocket.OpenAsync(api.Address, headers: [("Cookie", cookie), ("Origin", "http://localhost:4200")]);
        Assert.StartsWith("40/queue,{", await socket.JoinAsync("/queue"), StringComparison.Ordinal);
        Assert.Equal(
            "pending",
            (await socket.EventAsync("/queue", "JOB_QUEUED", e => e.GetProperty("jobId").GetGuid() == waiting))
                .GetProperty("status")
                .GetString()
        );
        var completed = await socket.EventAsync("/queue", "JOB_COMPLETED");
        Assert.Equal(
            (done, "completed", 100),
            (
                completed.GetProperty("jobId").GetGuid(),
                completed.GetProperty("status").GetString(),
                completed.GetProperty("progress").GetInt32()
            )
        );
        var job = completed.GetProperty("data");
        Assert.Equal(
            (done, "completed", 100),
            (job.GetProperty("id").GetGuid(), job.GetProperty("status").GetString(), job.GetProperty("progress").GetInt32())
        );
        var audit = job.GetProperty("data");
        Assert.Equal("A finished video", audit.GetProperty("video_title").GetString());
        Assert.Equal(["A better title"], audit.GetProperty("ai_titles").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(2, audit.GetProperty("ai_tags").GetArrayLength());
        Assert.Equal("A better description", audit.GetProperty("ai_description").GetString());
        var update = await socket.EventAsync("/queue", "queue-update", e => e.GetProperty("eventType").GetString() == "job-completed");
        Assert.Equal(audit.GetProperty("id").GetString(), update.GetProperty("result").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Queue_WithoutACookie_InheritsTheUserOfTheSameConnection()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(api.Address);
        await socket.JoinAsync("/notifications", new { token = user.AccessToken });
        Assert.StartsWith("40/queue,{", await socket.JoinAsync("/queue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_SaidTwice_CountsOnce()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(api.Address);
        var connect = "40/queue," + JsonSerializer.Serialize(new { token = user.AccessToken });
        await socket.SendAsync(connect);
        await socket.SendAsync(connect);
        await socket.PacketAsync(p => p.StartsWith("40/queue,", StringComparison.Ordinal), "the answer");
        await socket.SendAsync(connect);
        await socket.SendAsync("42/queue,[\"subscribe-queue\"]");
        await socket.EventAsync("/queue", "subscribed");
        Assert.Single(socket.Received, p => p.StartsWith("40/queue,", StringComparison.Ordinal));
        Assert.False(socket.HasEnded);
    }

    [Theory]
    [InlineData("/notifications", "Authentication required")]
    [InlineData("/queue", "Authentication required")]
    [InlineData("/admin", "Invalid namespace")]
    public async Task Join_WithoutARight_IsRefusedInWords(string space, string message)
    {
        await using var socket = await RawSocket.OpenAsync(api.Address);
        var answer = await socket.JoinAsync(space);
        Assert.StartsWith($"44{space},", answer, StringComparison.Ordinal);
        Assert.Equal(
            message,
            JsonDocument.Parse(answer[(answer.IndexOf(',', StringComparison.Ordinal) + 1)..]).RootElement.GetProperty("message").GetString()
        );
    }

    [Fact]
    public async Task Join_ForgedOrExpiredToken_IsRefused()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(api.Address);
        Assert.Contains(
            "Invalid token",
            await socket.JoinAsync("/notifications", new { token = user.AccessToken[..^6] + "AAAAAA" }),
            StringComparison.Ordinal
        );
        await using var header = await RawSocket.OpenAsync(api.Address, headers: [("Authorization", "Bearer " + user.AccessToken)]);
        Assert.StartsWith("40/notifications,", await header.JoinAsync("/notifications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_CookieOfAnEndedSession_IsRefused()
    {
        var user = await api.CreateUserAsync();
        var cookie = await api.CookieAsync(user);
        await api.Database.Db.ExecuteAsync(
            "UPDATE sessions SET idle_expires_at = now() - interval '1 second' WHERE user_id = @Id",
            new { user.Id },
            Ct
        );
        await using var socket = await RawSocket.OpenAsync(api.Address, headers: [("Cookie", cookie)]);
        Assert.StartsWith("44/queue,", await socket.JoinAsync("/queue"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EIO=4&transport=websocket", "https://evil.example", 403)]
    [InlineData("EIO=4&transport=websocket", "null", 403)]
    [InlineData("EIO=4&transport=websocket&token=abc", null, 400)]
    [InlineData("EIO=3&transport=websocket", null, 400)]
    [InlineData("transport=websocket", null, 400)]
    [InlineData("EIO=4&transport=flash", null, 400)]
    [InlineData("EIO=4&transport=websocket&sid=unknown", null, 400)]
    [InlineData("EIO=4&transport=polling", null, 400)]
    public async Task Handshake_AgainstTheRules_IsRefused(string query, string? origin, int status)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            RawSocket.OpenAsync(api.Address, query, origin is null ? [] : [("Origin", origin)])
        );
        Assert.Equal(status, refused.Status);
    }
}
