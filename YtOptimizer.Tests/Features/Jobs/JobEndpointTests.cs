using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Jobs;

/// <summary>What owners, strangers and staff see of a job.</summary>
public class JobEndpointTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_OwnJob_ShowsNothingInternal()
    {
        var user = await api.CreateUserAsync();
        var job = await JobCalls.SubmitAsync(user);
        var body = await Tokens.JsonAsync(await user.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct));
        Assert.Equal(
            ("pending", 0, JsonValueKind.Null),
            (body.GetProperty("status").GetString(), body.GetProperty("progress").GetInt32(), body.GetProperty("result").ValueKind)
        );
        Assert.Equal(1, body.GetProperty("queuePosition").GetInt32());
        Assert.Equal(
            ["configuration", "jobId", "type", "video_title"],
            body.GetProperty("data").EnumerateObject().Select(property => property.Name).Order()
        );
        Assert.DoesNotContain("transcript-canary", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OwnJobs_IsABareArrayNewestFirst()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal("[]", await user.Client.GetStringAsync("/api/v1/analyze/jobs", Ct));
        var jobs = new[] { await JobCalls.SubmitAsync(user, "1"), await JobCalls.SubmitAsync(user, "2") };
        var body = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/jobs", Ct));
        Assert.Equal(jobs.Reverse(), body.EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
        Assert.All(body.EnumerateArray(), item => Assert.Equal("A title", item.GetProperty("data").GetProperty("video_title").GetString()));
        Assert.DoesNotContain("transcript-canary", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryJobRoute_ForeignOrUnknownJob_Is404AndAnonymous401()
    {
        var (owner, stranger) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        var job = await JobCalls.SubmitAsync(owner);
        using var anonymous = api.Anonymous();
        foreach (var id in (Guid[])[job, Guid.CreateVersion7()])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/api/v1/analyze/job/{id}/status", Ct)).StatusCode);
            foreach (var action in (string[])["cancel", "retry", "restart"])
            {
                Assert.Equal(HttpStatusCode.NotFound, (await JobCalls.PostAsync(stranger.Client, id, action)).StatusCode);
                Assert.Equal(HttpStatusCode.Unauthorized, (await JobCalls.PostAsync(anonymous, id, action)).StatusCode);
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, (await owner.Client.GetAsync("/api/v1/analyze/job/not-an-id/status", Ct)).StatusCode);
        Assert.Equal(
            "pending",
            (await Tokens.JsonAsync(await owner.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct))).GetProperty("status").GetString()
        );
    }

    [Fact]
    public async Task Status_OfACompletedAndAFailedJob_ShowsResultOrReason()
    {
        var user = await api.CreateUserAsync();
        var (done, failed) = (await JobCalls.SubmitAsync(user, "1"), await JobCalls.SubmitAsync(user, "2"));
        await api.Database.Db.ExecuteAsync(
            """
            UPDATE job_queue SET status = 'completed', progress = 100, stage = 'completed', completed_at = now(), started_at = now()
                WHERE id = @done;
            INSERT INTO audits (user_id, job_id, video_url, score) VALUES (@Id, @done, 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 71);
            UPDATE job_queue SET status = 'failed', stage = 'failed', error_code = 'video_not_found',
                error_message = 'There is no such video.', error_stack = 'at Secret.Place()', completed_at = now() WHERE id = @failed
            """,
            new
            {
                done,
                failed,
                user.Id,
            },
            Ct
        );
        var completed = await Tokens.JsonAsync(await user.Client.GetAsync($"/api/v1/analyze/job/{done}/status", Ct));
        Assert.Equal(
            ("completed", 100, done),
            (
                completed.GetProperty("status").GetString(),
                completed.GetProperty("progress").GetInt32(),
                completed.GetProperty("result").GetProperty("job_id").GetGuid()
            )
        );
        Assert.NotEqual(JsonValueKind.Null, completed.GetProperty("finishedAt").ValueKind);
        Assert.False((await JobCalls.JsonAsync(user, done, "cancel")).GetProperty("cancelled").GetBoolean());

        var lost = await user.Client.GetStringAsync($"/api/v1/analyze/job/{failed}/status", Ct);
        Assert.Contains("There is no such video.", lost, StringComparison.Ordinal);
        foreach (var secret in (string[])["Secret.Place", "lease", "locked", "payload", "transcript-canary"])
        {
            Assert.DoesNotContain(secret, lost, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task DeadLetters_ForStaff_AreListedRedrivenAndDiscarded()
    {
        var owner = await api.CreateUserAsync();
        var (admin, moderator) = (await api.CreateUserAsync("admin"), await api.CreateUserAsync("moderator"));
        var (first, second) = (await JobCalls.SubmitAsync(owner, "1"), await JobCalls.SubmitAsync(owner, "2"));
        await api.Database.Db.ExecuteAsync(
            "UPDATE job_queue SET status = 'failed', dead_reason = 'poison', completed_at = now(), attempts = 3, crashes = 3, "
                + "crashes_alone = 3 WHERE id = ANY (@ids)",
            new { ids = new[] { first, second } },
            Ct
        );
        await api.Database.Db.ExecuteAsync(
            "UPDATE quota_reservations SET state = 'refunded' WHERE job_id = ANY (@ids)",
            new { ids = new[] { first, second } },
            Ct
        );

        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Client.GetAsync("/api/v1/admin/jobs/dead", Ct)).StatusCode);
        var listed = await moderator.Client.GetStringAsync("/api/v1/admin/jobs/dead?limit=500", Ct);
        Assert.Contains(first.ToString(), listed, StringComparison.Ordinal);
        Assert.DoesNotContain("transcript-canary", listed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await moderator.Client.GetAsync("/api/v1/admin/jobs/dead?limit=0", Ct)).StatusCode);

        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await moderator.Client.PostAsJsonAsync($"/api/v1/admin/jobs/{first}/redrive", new { }, Ct)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await admin.Client.PostAsJsonAsync($"/api/v1/admin/jobs/{first}/redrive", new { }, Ct)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await admin.Client.PostAsJsonAsync($"/api/v1/admin/jobs/{second}/discard", new { }, Ct)).StatusCode
        );
        foreach (var (job, action) in ((Guid, string)[])[(first, "redrive"), (second, "discard"), (Guid.CreateVersion7(), "redrive")])
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await admin.Client.PostAsJsonAsync($"/api/v1/admin/jobs/{job}/{action}", new { }, Ct)).StatusCode
            );
        }

        var states = await api.Database.Db.QueryAsync<string>(
            "SELECT status || ' ' || attempts || ' ' || crashes || ' ' || crashes_alone || ' ' || coalesce(dead_reason, '-') FROM "
                + "job_queue WHERE user_id = @Id ORDER BY created_at",
            new { owner.Id },
            Ct
        );
        Assert.Equal(["pending 0 0 0 -", "failed 3 3 3 -"], states);
        var trail = await api.Database.Db.QueryAsync<string>(
            "SELECT action FROM audit_trail WHERE actor_id = @Id AND entity_type = 'job' ORDER BY action",
            new { admin.Id },
            Ct
        );
        Assert.Equal(["discard_job", "redrive_job"], trail);
    }
}
