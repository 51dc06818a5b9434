using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Notifications;

/// <summary>Notifications over HTTP, and the rules by which they come.</summary>
public class NotificationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_PagesAndFilters_NewestFirst()
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(user.Id, $"n{i}", i % 2 == 0 ? "tip" : "usage");
        }

        var page = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/notifications?page=2&limit=2", Ct));
        Assert.Equal(["n2", "n1"], page.GetProperty("data").EnumerateArray().Select(n => n.GetProperty("title").GetString()));
        var pagination = page.GetProperty("pagination");
        Assert.Equal(
            (2, 2, 5, 3, true, true),
            (
                pagination.GetProperty("page").GetInt32(),
                pagination.GetProperty("limit").GetInt32(),
                pagination.GetProperty("total").GetInt32(),
                pagination.GetProperty("totalPages").GetInt32(),
                pagination.GetProperty("hasNext").GetBoolean(),
                pagination.GetProperty("hasPrev").GetBoolean()
            )
        );
        Assert.Equal(
            3,
            (await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/notifications?type=tip&read=false", Ct)))
                .GetProperty("data")
                .GetArrayLength()
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.GetAsync("/api/v1/notifications?limit=1000", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.GetAsync("/api/v1/notifications?type=gossip", Ct)).StatusCode);
    }

    [Fact]
    public async Task ReadCountDelete_WorkForTheOwnerOnly()
    {
        var user = await api.CreateUserAsync();
        var stranger = await api.CreateUserAsync();
        await AddAsync(user.Id, "one");
        await AddAsync(user.Id, "two");
        var list = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/notifications", Ct));
        var id = list.GetProperty("data")[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.PatchAsync($"/api/v1/notifications/{id}/read", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.DeleteAsync($"/api/v1/notifications/{id}", Ct)).StatusCode);
        Assert.Equal(2, await UnreadAsync(user));
        Assert.Equal(HttpStatusCode.OK, (await user.Client.PatchAsync($"/api/v1/notifications/{id}/read", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await user.Client.PatchAsync($"/api/v1/notifications/{id}/read", null, Ct)).StatusCode);
        Assert.Equal(1, await UnreadAsync(user));
        Assert.Equal(
            1,
            (await Tokens.JsonAsync(await user.Client.PatchAsync("/api/v1/notifications/read-all", null, Ct)))
                .GetProperty("marked")
                .GetInt32()
        );
        Assert.Equal(HttpStatusCode.OK, (await user.Client.DeleteAsync($"/api/v1/notifications/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await user.Client.DeleteAsync($"/api/v1/notifications/{id}", Ct)).StatusCode);
        Assert.Equal(0, await UnreadAsync(user));
    }

    [Fact]
    public async Task Login_Twice_NudgesOncePerDayUntilPreferencesAreComplete()
    {
        var user = await api.CreateUserAsync();
        await api.SignInAsync(user.Email);
        await api.SignInAsync(user.Email);
        Assert.Equal(1, await CountAsync(user.Id, "preferences_incomplete"));
        (
            await user.Client.PostAsJsonAsync("/api/v1/user-preferences", new { language = "en", tone = "casual" }, Ct)
        ).EnsureSuccessStatusCode();
        await api.Database.Db.ExecuteAsync("DELETE FROM notifications WHERE user_id = @Id", new { user.Id }, Ct);
        await api.SignInAsync(user.Email);
        Assert.Equal(0, await CountAsync(user.Id, "preferences_incomplete"));
    }

    [Fact]
    public async Task Login_FromAnotherDevice_IsTold()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(0, await CountAsync(user.Id, "new_device"));
        await api.Database.Db.ExecuteAsync(
            "UPDATE sessions SET user_agent = 'Known browser', ip_address = '192.0.2.1' WHERE user_id = @Id",
            new { user.Id },
            Ct
        );
        using var other = api.Anonymous();
        other.DefaultRequestHeaders.UserAgent.ParseAdd("Strange/1.0");
        (
            await other.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = user.Password }, Ct)
        ).EnsureSuccessStatusCode();
        (
            await other.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = user.Password }, Ct)
        ).EnsureSuccessStatusCode();
        Assert.Equal(1, await CountAsync(user.Id, "new_device"));
    }

    [Theory]
    [InlineData(3, 5, 80)]
    [InlineData(4, 5, 100)]
    [InlineData(2, 5, null)]
    [InlineData(5, 5, null)]
    [InlineData(7, 10, 80)]
    [InlineData(8, 10, 90)]
    [InlineData(9, 10, 100)]
    [InlineData(79, 100, 80)]
    [InlineData(80, 100, null)]
    [InlineData(0, 1, 100)]
    [InlineData(100, -1, null)]
    [InlineData(0, 0, null)]
    public void QuotaThreshold_IsCrossedByOneAnalysis(int before, int allowed, int? percent) =>
        Assert.Equal(percent, JobQueue.QuotaThreshold(before, allowed));

    [Fact]
    public async Task Subscription_ThatEnds_IsAnnouncedOncePerStep()
    {
        var user = await api.CreateUserAsync();
        var reminders = new SubscriptionReminders(api.Database.Db);
        foreach (var (days, cards) in new[] { (9.0, 0), (6.5, 1), (6.2, 1), (2.5, 2), (0.5, 3), (0.4, 3) })
        {
            // The end stays on its day: time passes.
            await api.Database.Db.ExecuteAsync(
                "UPDATE user_subscriptions SET tier = 'premium', auto_renew = false, current_period_end = now() + @left WHERE "
                    + "user_id = @Id",
                new { user.Id, left = TimeSpan.FromDays(days) },
                Ct
            );
            await api.Database.Db.ExecuteAsync(
                "UPDATE notifications SET dedup_key = regexp_replace(dedup_key, ':[0-9]{8}:', to_char((SELECT current_period_end AT TIME "
                    + "ZONE 'UTC' FROM user_subscriptions WHERE user_id = @Id), ':YYYYMMDD:')) WHERE user_id = @Id",
                new { user.Id },
                Ct
            );
            await reminders.RunAsync(Ct);
            await reminders.RunAsync(Ct);
            Assert.Equal(cards, await CountAsync(user.Id, "subscription_expiring"));
        }

        await api.Database.Db.ExecuteAsync("UPDATE user_subscriptions SET auto_renew = true WHERE user_id = @Id", new { user.Id }, Ct);
        await api.Database.Db.ExecuteAsync("DELETE FROM notifications WHERE user_id = @Id", new { user.Id }, Ct);
        await reminders.RunAsync(Ct);
        Assert.Equal(0, await CountAsync(user.Id, "subscription_expiring"));
    }

    [Fact]
    public async Task Purge_TakesReadOnesAfterThirtyDays()
    {
        var user = await api.CreateUserAsync();
        foreach (var (title, read, days) in new[] { ("old read", true, 31), ("old unread", false, 31), ("young read", true, 29) })
        {
            await api.Database.Db.ExecuteAsync(
                "INSERT INTO notifications (user_id, title, message, read, created_at) VALUES (@Id, @title, 'm', @read, now() - "
                    + "make_interval(days => @days))",
                new
                {
                    user.Id,
                    title,
                    read,
                    days,
                },
                Ct
            );
        }

        await using var rig = new QueueRig(api.Database);
        await rig.Retention.PurgeBatchAsync(Ct);
        Assert.Equal(
            ["old unread", "young read"],
            await api.Database.Db.QueryAsync<string>(
                "SELECT title FROM notifications WHERE user_id = @Id ORDER BY title",
                new { user.Id },
                Ct
            )
        );
    }

    private Task AddAsync(Guid user, string title, string type = "system") =>
        NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user,
                Title = title,
                Message = "m",
                Type = type,
            },
            Ct
        );

    private static async Task<int> UnreadAsync(ApiUser user) =>
        (await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/notifications/unread-count", Ct))).GetProperty("count").GetInt32();

    private Task<int> CountAsync(Guid user, string fact) =>
        api.Database.Db.ScalarAsync<int>(
            "SELECT count(*)::int FROM notifications WHERE user_id = @user AND metadata ->> 'fact' = @fact",
            new { user, fact },
            Ct
        )!;
}
