using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>Server-sent events over real rows and a real LISTEN.</summary>
public class EventStreamTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_FromQueueToEnd_IsToldOnceAndInOrder()
    {
        var user = await api.CreateUserAsync();
        await using var rig = new QueueRig(api.Database);
        await using var events = await SseClient.OpenAsync(user.Client);
        await events.FirstAsync("notifications");
        var job = await rig.EnqueueAsync(user.Id);
        await events.FirstAsync("job-queued");
        var claimed = Assert.Single(await rig.Leases.ClaimAsync("w", 50, 1, Ct), claim => claim.Id == job);
        await rig.Leases.ReportAsync(claimed.Lease, new JobProgress(40, "transcribing"), Ct);
        var progress = await events.FirstAsync("job-progress");
        Assert.Equal(
            (job.ToString(), 40, "transcribing", "processing"),
            (
                progress.Data.GetProperty("jobId").GetString()!,
                progress.Data.GetProperty("progress").GetInt32(),
                progress.Data.GetProperty("stage").GetString()!,
                progress.Data.GetProperty("status").GetString()!
            )
        );
        await rig.Leases.FailAsync(claimed.Lease, "video_not_found", "The video does not exist.", null, null, Ct);
        var failed = await events.FirstAsync("job-failed");
        Assert.Equal("The video does not exist.", failed.Data.GetProperty("error").GetString());
        await events.FirstAsync("unread-count", data => data.GetProperty("count").GetInt32() == 1);
        Assert.Equal(
            ["job-queued", "job-progress", "job-failed"],
            events.Events.Where(e => e.Name.StartsWith("job-", StringComparison.Ordinal)).Select(e => e.Name)
        );
        Assert.Equal(
            failed.Data.GetProperty("jobId").GetString(),
            Assert.Single(events.Named("notification")).Data.GetProperty("metadata").GetProperty("jobId").GetString()
        );
    }

    [Fact]
    public async Task Join_LateClient_IsToldWhereThingsStand()
    {
        var user = await api.CreateUserAsync();
        await using var rig = new QueueRig(api.Database);
        var waiting = await rig.EnqueueAsync(user.Id);
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Hello",
                Message = "World",
            },
            Ct
        );
        await using var events = await SseClient.OpenAsync(user.Client);
        var list = await events.FirstAsync("notifications");
        Assert.Equal(1, list.Data.GetProperty("unreadCount").GetInt32());
        Assert.Equal("Hello", list.Data.GetProperty("notifications")[0].GetProperty("title").GetString());
        Assert.Equal(waiting.ToString(), (await events.FirstAsync("job-queued")).Data.GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task Resume_ByLastEventId_BringsWhatWasMissedAndNothingTwice()
    {
        var user = await api.CreateUserAsync();
        await using var rig = new QueueRig(api.Database);
        var first = await SseClient.OpenAsync(user.Client);
        var job = await rig.EnqueueAsync(user.Id);
        await first.FirstAsync("job-queued");
        await first.DisposeAsync();
        var other = await rig.EnqueueAsync(user.Id);
        await NotificationWriter.AddAsync(
            api.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Missed",
                Message = "While away",
            },
            Ct
        );

        await using var second = await SseClient.OpenAsync(user.Client, first.LastId);
        await second.FirstAsync("notification");
        await second.FirstAsync("unread-count");
        Assert.True((await second.FirstAsync("ready")).Data.GetProperty("resumed").GetBoolean());
        Assert.Equal(other.ToString(), Assert.Single(second.Named("job-queued")).Data.GetProperty("jobId").GetString());
        Assert.NotEqual(job, other);
        Assert.Single(second.Named("notification"));
    }

    [Fact]
    public async Task Cursor_Unreadable_BeginsAnew()
    {
        var user = await api.CreateUserAsync();
        foreach (var cursor in new[] { "x", "1.zz.", "1.1.AAAAAAAA", "2.0.", new string('a', 3000) })
        {
            await using var events = await SseClient.OpenAsync(user.Client, cursor);
            Assert.False((await events.FirstAsync("ready")).Data.GetProperty("resumed").GetBoolean());
        }
    }

    [Fact]
    public async Task Stranger_HearsNothingOfOthers()
    {
        var user = await api.CreateUserAsync();
        var stranger = await api.CreateUserAsync();
        await using var rig = new QueueRig(api.Database);
        await using var own = await SseClient.OpenAsync(user.Client);
        await using var foreign = await SseClient.OpenAsync(stranger.Client);
        await foreign.FirstAsync("notifications");
        await rig.EnqueueAsync(user.Id);
        await own.FirstAsync("job-queued");
        await rig.EnqueueAsync(stranger.Id);
        await foreign.FirstAsync("job-queued");
        Assert.Single(foreign.Named("job-queued"));
    }

    [Fact]
    public async Task Logout_EndsTheStreamWithAReason()
    {
        var user = await api.CreateUserAsync();
        await using var events = await SseClient.OpenAsync(user.Client);
        await events.FirstAsync("notifications");
        (await user.Client.PostAsJsonAsync("/api/v1/auth/logout", new { }, Ct)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => Task.FromResult(events.HasEnded), "the stream ends", TimeSpan.FromSeconds(15));
        Assert.Equal("revoked", events.Events[^1].Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task SessionCookie_OfAnAllowedPage_IsEnough()
    {
        using var client = api.Anonymous();
        var response = await client.PostAsJsonAsync(
            "/api/v1/auth/register",
            new
            {
                email = $"cookie-{Guid.CreateVersion7():N}@example.com",
                password = ApiFixture.Password,
                name = "Test",
            },
            Ct
        );
        var cookie = response
            .Headers.GetValues("Set-Cookie")
            .First(c => c.StartsWith(SessionCookieCheck.Name + "=", StringComparison.Ordinal))
            .Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(("Cookie", cookie), ("Origin", "http://localhost:4200")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(("Cookie", cookie), ("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(("Cookie", cookie[..^4] + "AAAA")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync());
    }

    [Fact]
    public async Task TokenInTheAddress_IsRefused()
    {
        var user = await api.CreateUserAsync();
        var response = await user.Client.GetAsync($"/api/v1/events?access_token={user.AccessToken}", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("token_in_query", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
    }

    private async Task<HttpStatusCode> StatusAsync(params (string Name, string Value)[] headers)
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        return response.StatusCode;
    }
}
