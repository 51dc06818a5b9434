extern alias api;

using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Revocation, limits, slow and silent clients, shutdown.</summary>
public class SocketSafetyTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Revocations =>
        new(
            "UPDATE profiles SET account_locked = true WHERE id = @id",
            "UPDATE profiles SET token_version = token_version + 1 WHERE id = @id",
            "UPDATE profiles SET role = 'moderator' WHERE id = @id",
            "UPDATE profiles SET status = 'inactive' WHERE id = @id",
            "UPDATE sessions SET revoked_at = now() WHERE user_id = @id"
        );

    [Theory]
    [MemberData(nameof(Revocations))]
    public async Task Revocation_ByPlainSql_ClosesSocketsWithinFiveSeconds(string sql)
    {
        var user = await api.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(api.Address);
        await socket.JoinAsync("/notifications", new { token = user.AccessToken });
        await socket.JoinAsync("/queue");
        await api.Database.Db.ExecuteAsync(sql, new { id = user.Id }, Ct);
        var began = Stopwatch.StartNew();
        await socket.EndAsync();
        Assert.InRange(began.Elapsed, TimeSpan.Zero, RevocationLimit);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
        // Said in words of the protocol too: clients do not come back by themselves.
        Assert.Contains("41/notifications,", socket.Received);
        Assert.Contains("41/queue,", socket.Received);
    }

    [Fact]
    public async Task Logout_ClosesTheSessionsSocketsAndLeavesOthers()
    {
        var user = await api.CreateUserAsync();
        var other = await api.SignInAsync(user.Email);
        await using var ended = await RawSocket.OpenAsync(api.Address);
        await ended.JoinAsync("/queue", new { token = user.AccessToken });
        await using var kept = await RawSocket.OpenAsync(api.Address);
        await kept.JoinAsync("/queue", new { token = other.AccessToken });
        (await user.Client.PostAsJsonAsync("/api/v1/auth/logout", new { }, Ct)).EnsureSuccessStatusCode();
        await ended.EndAsync();
        await kept.SendAsync("42/queue,[\"subscribe-queue\"]");
        await kept.EventAsync("/queue", "subscribed");
    }

    [Fact]
    public async Task ChangedPassword_KeepsTheSocketOfTheSessionThatDidIt()
    {
        var user = await api.CreateUserAsync();
        var other = await api.SignInAsync(user.Email);
        await using var own = await RawSocket.OpenAsync(api.Address);
        await own.JoinAsync("/queue", new { token = user.AccessToken });
        await using var foreign = await RawSocket.OpenAsync(api.Address);
        await foreign.JoinAsync("/queue", new { token = other.AccessToken });
        (
            await user.Client.PutAsJsonAsync(
                "/api/v1/auth/change-password",
                new { currentPassword = user.Password, newPassword = "umbrella Wagon 77 ☂" },
                Ct
            )
        ).EnsureSuccessStatusCode();
        await foreign.EndAsync();
        await own.SendAsync("42/queue,[\"subscribe-queue\"]");
        await own.EventAsync("/queue", "subscribed");
    }

    [Fact]
    public async Task Limits_PerAddressAndPerUser_RefuseWhatIsTooMuchOnly()
    {
        await using var small = await LiveApiFixture.StartLiveAsync(("Realtime:MaxPerAddress", "3"), ("Realtime:MaxPerUser", "2"));
        var user = await small.CreateUserAsync();
        await using var one = await RawSocket.OpenAsync(small.Address);
        await using var two = await RawSocket.OpenAsync(small.Address);
        var three = await RawSocket.OpenAsync(small.Address);
        Assert.Equal(429, (await Assert.ThrowsAsync<RefusedException>(() => RawSocket.OpenAsync(small.Address))).Status);
        await one.JoinAsync("/queue", new { token = user.AccessToken });
        await two.JoinAsync("/queue", new { token = user.AccessToken });
        Assert.Contains(
            "Too many connections",
            await three.JoinAsync("/queue", new { token = user.AccessToken }),
            StringComparison.Ordinal
        );

        // Places become free again.
        await three.DisposeAsync();
        await using var again = await Eventually.ValueAsync(
            async () =>
            {
                try
                {
                    return await RawSocket.OpenAsync(small.Address);
                }
                catch (RefusedException)
                {
                    return null;
                }
            },
            "a place is free"
        );
        await again.SendAsync("3");
    }

    [Fact]
    public async Task Flood_OfHandshakes_IsTurnedAwayAndTheProcessAnswers()
    {
        await using var small = await LiveApiFixture.StartLiveAsync(("RATE_LIMIT_REALTIME", "50/1m"));
        using var client = small.Anonymous();
        var address = new Uri(small.Address, "/socket.io/?EIO=4&transport=polling");
        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 1000)
                .Select(async _ =>
                {
                    using var response = await client.GetAsync(address, Ct);
                    return (int)response.StatusCode;
                })
        );
        Assert.Equal([200, 429], statuses.Distinct().Order());
        Assert.InRange(statuses.Count(s => s == 200), 1, 50);
        using var health = await client.GetAsync(new Uri(small.Address, "/health/liveness"), Ct);
        Assert.Equal(200, (int)health.StatusCode);
    }

    [Fact]
    public async Task SilentClient_IsPingedAndThenCutOff()
    {
        await using var quick = await LiveApiFixture.StartLiveAsync(
            ("Realtime:PingIntervalSeconds", "0.3"),
            ("Realtime:PingTimeoutSeconds", "0.5")
        );
        var user = await quick.CreateUserAsync();
        await using var alive = await RawSocket.OpenAsync(quick.Address);
        await alive.JoinAsync("/queue", new { token = user.AccessToken });
        await using var silent = (await RawSocket.OpenAsync(quick.Address)).Silent();
        await silent.JoinAsync("/queue", new { token = user.AccessToken });
        await silent.EndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(alive.Received.Count(p => p == "2") >= 3), "pings come");
        Assert.False(alive.HasEnded);
    }

    [Fact]
    public async Task Client_ThatJoinsNothing_IsCutOff()
    {
        await using var quick = await LiveApiFixture.StartLiveAsync(("Realtime:JoinTimeoutSeconds", "0.5"));
        await using var socket = await RawSocket.OpenAsync(quick.Address);
        await socket.EndAsync();
    }

    [Fact]
    public async Task SlowClient_IsCutOffAndCatchesUpWhenItComesBack()
    {
        await using var small = await LiveApiFixture.StartLiveAsync(("Realtime:QueueCharacters", "1000000"));
        var user = await small.CreateUserAsync();

        // A client that reads nothing: the buffers of its connection fill, then its queue.
        using var deaf = new ClientWebSocket();
        await deaf.ConnectAsync(
            new UriBuilder(small.Address)
            {
                Scheme = "ws",
                Path = "/socket.io/",
                Query = "EIO=4&transport=websocket",
            }.Uri,
            Ct
        );
        await deaf.SendAsync(
            System.Text.Encoding.UTF8.GetBytes($"40/notifications,{{\"token\":\"{user.AccessToken}\"}}"),
            WebSocketMessageType.Text,
            true,
            Ct
        );
        await using var reader = await RawSocket.OpenAsync(small.Address);
        await reader.JoinAsync("/notifications", new { token = user.AccessToken });
        var sessions = small.Services.GetRequiredService<api::YtOptimizer.Api.Realtime.Sockets.EngineSessions>();
        var message = new string('x', 200_000);
        var written = 0;
        while (sessions.Count > 1 && written < 500)
        {
            await small.Database.Db.ExecuteAsync(
                "INSERT INTO notifications (user_id, title, message, read) VALUES (@Id, 'n', @message, false)",
                new { user.Id, message },
                Ct
            );
            written++;
            await Eventually.TrueAsync(
                () =>
                    Task.FromResult(
                        reader.Received.Count(p => p.StartsWith("42/notifications,[\"new-", StringComparison.Ordinal)) == written
                    ),
                "the other client hears each"
            );
            await small.Database.Db.ExecuteAsync("DELETE FROM notifications WHERE user_id = @Id", new { user.Id }, Ct);
        }

        Assert.Equal(1, sessions.Count);
        Assert.False(reader.HasEnded);
        await NotificationWriter.AddAsync(
            small.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Last",
                Message = "m",
            },
            Ct
        );
        await using var back = await RawSocket.OpenAsync(small.Address);
        await back.JoinAsync("/notifications", new { token = user.AccessToken });
        Assert.Equal(1, (await back.EventAsync("/notifications", "unread-count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Shutdown_ClosesSocketsWithAReconnectHint()
    {
        var stopping = await LiveApiFixture.StartLiveAsync(("Realtime:DrainSeconds", "0.2"));
        var user = await stopping.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(stopping.Address);
        await socket.JoinAsync("/queue", new { token = user.AccessToken });
        await using var events = await SseClient.OpenAsync(user.Client);
        await events.FirstAsync("notifications");
        stopping.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await socket.EndAsync();
        Assert.Equal(1012, (int)socket.CloseStatus!.Value);
        Assert.DoesNotContain(socket.Received, p => p.StartsWith("41", StringComparison.Ordinal));
        Assert.Equal("drain", (await events.FirstAsync("goodbye")).Data.GetProperty("reason").GetString());
        await stopping.DisposeAsync();
    }

    [Fact]
    public async Task LostListener_IsReplacedAndNothingIsMissed()
    {
        var user = await api.CreateUserAsync();
        await using var socket = await RawSocket.OpenAsync(api.Address);
        await socket.JoinAsync("/notifications", new { token = user.AccessToken });
        await socket.EventAsync("/notifications", "initial-notifications");
        for (var i = 0; i < 3; i++)
        {
            await api.Database.Db.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE "
                    + "'LISTEN%yto_events%'",
                null,
                Ct
            );
            await NotificationWriter.AddAsync(
                api.Database.Db,
                new NewNotification
                {
                    UserId = user.Id,
                    Title = $"n{i}",
                    Message = "m",
                },
                Ct
            );
            var title = $"n{i}";
            await socket.EventAsync("/notifications", "new-notification", e => e.GetProperty("title").GetString() == title);
        }

        Assert.Equal(3, socket.Events("/notifications", "new-notification").Count);
    }
}
