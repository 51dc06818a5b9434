using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Jobs;

public class JobEndpointTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_OwnJob_ShowsNothingInternal()
    {
        var user = await api.CreateUserAsync();
        var job = await SubmitAsync(user);
        var body = await Tokens.JsonAsync(await user.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct));
        Assert.Equal(("pending", 0, JsonValueKind.Null), (body.GetProperty("status").GetString(), body.GetProperty("progress").GetInt32(), body.GetProperty("result").ValueKind));
        Assert.Equal(1, body.GetProperty("queuePosition").GetInt32());
        Assert.Equal(["configuration", "jobId", "type", "video_title"], body.GetProperty("data").EnumerateObject().Select(property => property.Name).Order());
        Assert.DoesNotContain("transcript-canary", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OwnJobs_IsABareArrayNewestFirst()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal("[]", await user.Client.GetStringAsync("/api/v1/analyze/jobs", Ct));
        var jobs = new[] { await SubmitAsync(user, "1"), await SubmitAsync(user, "2") };
        var body = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/jobs", Ct));
        Assert.Equal(jobs.Reverse(), body.EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
        Assert.All(body.EnumerateArray(), item => Assert.Equal("A title", item.GetProperty("data").GetProperty("video_title").GetString()));
        Assert.DoesNotContain("transcript-canary", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryJobRoute_ForeignOrUnknownJob_Is404AndAnonymous401()
    {
        var (owner, stranger) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        var job = await SubmitAsync(owner);
        using var anonymous = api.Anonymous();
        foreach (var id in (Guid[])[job, Guid.CreateVersion7()])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/api/v1/analyze/job/{id}/status", Ct)).StatusCode);
            foreach (var action in (string[])["cancel", "retry", "restart"])
            {
                Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(stranger.Client, id, action)).StatusCode);
                Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(anonymous, id, action)).StatusCode);
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, (await owner.Client.GetAsync("/api/v1/analyze/job/not-an-id/status", Ct)).StatusCode);
        Assert.Equal("pending", (await Tokens.JsonAsync(await owner.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task CancelRestartRetry_InTurn_FollowTheStates()
    {
        var user = await api.CreateUserAsync();
        var job = await SubmitAsync(user);
        Assert.False((await JsonAsync(user, job, "restart")).GetProperty("success").GetBoolean());
        Assert.False((await JsonAsync(user, job, "retry")).GetProperty("success").GetBoolean());

        Assert.True((await JsonAsync(user, job, "cancel")).GetProperty("cancelled").GetBoolean());
        Assert.True((await JsonAsync(user, job, "cancel")).GetProperty("cancelled").GetBoolean());

        var restarted = await JsonAsync(user, job, "restart");
        Assert.Equal((true, job), (restarted.GetProperty("success").GetBoolean(), restarted.GetProperty("jobId").GetGuid()));
        await JsonAsync(user, job, "cancel");

        var retried = await JsonAsync(user, job, "retry");
        var copy = retried.GetProperty("newJobId").GetGuid();
        Assert.NotEqual(job, copy);
        Assert.Equal(copy, (await JsonAsync(user, job, "retry")).GetProperty("newJobId").GetGuid());
        var states = await api.Database.Db.QueryAsync<string>("SELECT q.status || ' ' || l.status || ' ' || r.state FROM job_queue q JOIN video_analysis_logs l ON l.job_id = q.id JOIN quota_reservations r ON r.job_id = q.id WHERE q.user_id = @Id ORDER BY q.created_at", new { user.Id }, Ct);
        Assert.Equal(["cancelled cancelled refunded", "pending initiated reserved"], states);
        var cards = await api.Database.Db.QueryAsync<string>("SELECT severity || ' ' || title FROM notifications WHERE user_id = @Id AND type = 'processing' ORDER BY created_at", new { user.Id }, Ct);
        Assert.Equal(["warning Analysis cancelled", "info Analysis restarted", "warning Analysis cancelled"], cards);
    }

    [Fact]
    public async Task Restart_PlanUsedUp_Is402()
    {
        var user = await api.CreateUserAsync();
        var job = await SubmitAsync(user);
        await JsonAsync(user, job, "cancel");
        for (var i = 0; i < 5; i++)
        {
            await SubmitAsync(user, $"t{i}");
        }

        foreach (var action in (string[])["restart", "retry"])
        {
            var answer = await PostAsync(user.Client, job, action);
            Assert.Equal((HttpStatusCode.PaymentRequired, "quota_exceeded"), (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString()));
        }
    }

    private static async Task<Guid> SubmitAsync(ApiUser user, string tone = "t")
    {
        var answer = await user.Client.PostAsJsonAsync("/api/v1/analyze/video", new { configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone }, metadata = new { title = "A title", transcript = "transcript-canary" } }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await Tokens.JsonAsync(answer)).GetProperty("jobId").GetGuid();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid job, string action) => client.PostAsJsonAsync($"/api/v1/analyze/job/{job}/{action}", new { }, Ct);

    private static async Task<JsonElement> JsonAsync(ApiUser user, Guid job, string action)
    {
        var answer = await PostAsync(user.Client, job, action);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Tokens.JsonAsync(answer);
    }
}
