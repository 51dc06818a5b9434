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
        Assert.Equal(
            "pending",
            (await Tokens.JsonAsync(await owner.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct))).GetProperty("status").GetString()
        );
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
        var states = await api.Database.Db.QueryAsync<string>(
            "SELECT q.status || ' ' || l.status || ' ' || r.state FROM job_queue q JOIN video_analysis_logs l ON l.job_id = q.id JOIN "
                + "quota_reservations r ON r.job_id = q.id WHERE q.user_id = @Id ORDER BY q.created_at",
            new { user.Id },
            Ct
        );
        Assert.Equal(["cancelled cancelled refunded", "pending initiated reserved"], states);
        var cards = await api.Database.Db.QueryAsync<string>(
            "SELECT severity || ' ' || title FROM notifications WHERE user_id = @Id AND type = 'processing' ORDER BY created_at",
            new { user.Id },
            Ct
        );
        Assert.Equal(["warning Analysis cancelled"], cards);
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
            Assert.Equal(
                (HttpStatusCode.PaymentRequired, "quota_exceeded"),
                (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString())
            );
        }
    }

    [Fact]
    public async Task RestartRetry_OverTheUsersCap_Is429WithRetryAfter()
    {
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO user_subscriptions (user_id, tier) VALUES (@Id, 'premium') ON CONFLICT (user_id) DO UPDATE SET tier = 'premium'",
            new { user.Id },
            Ct
        );
        var job = await SubmitAsync(user);
        await JsonAsync(user, job, "cancel");
        for (var i = 0; i < 20; i++)
        {
            await SubmitAsync(user, $"t{i}");
        }

        foreach (var action in (string[])["restart", "retry"])
        {
            await RefusedAsync(await PostAsync(user.Client, job, action), HttpStatusCode.TooManyRequests, "too_many_active_jobs");
        }
    }

    [Fact]
    public async Task EveryWayIntoAFullQueue_Is503WithRetryAfter()
    {
        await using var full = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["Jobs:GlobalDepth"] = "3" });
        var user = await full.CreateUserAsync();
        var job = await SubmitAsync(user);
        await JsonAsync(user, job, "cancel");
        await full.Database.Db.ExecuteAsync(
            "INSERT INTO job_queue (user_id, job_type) SELECT @Id, 'test' FROM generate_series(1, 3)",
            new { user.Id },
            Ct
        );
        // The depth is counted a few times a second.
        await Eventually.TrueAsync(
            async () => (await PostAsync(user.Client, job, "retry")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "the queue is known to be full"
        );
        foreach (var action in (string[])["restart", "retry"])
        {
            await RefusedAsync(await PostAsync(user.Client, job, action), HttpStatusCode.ServiceUnavailable, "queue_full");
        }

        var submission = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone = "x" } },
            Ct
        );
        await RefusedAsync(submission, HttpStatusCode.ServiceUnavailable, "queue_full");
    }

    [Fact]
    public async Task Status_OfACompletedAndAFailedJob_ShowsResultOrReason()
    {
        var user = await api.CreateUserAsync();
        var (done, failed) = (await SubmitAsync(user, "1"), await SubmitAsync(user, "2"));
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
        Assert.False((await JsonAsync(user, done, "cancel")).GetProperty("cancelled").GetBoolean());

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
        var (first, second) = (await SubmitAsync(owner, "1"), await SubmitAsync(owner, "2"));
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

    /// <summary>Two instances, one key: one job and one answer, byte for byte.</summary>
    [Fact]
    public async Task IdempotencyKey_OverTwoInstancesAtOnce_MakesOneJob()
    {
        await using var second = await ApiFixture.StartAsync(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = api.Database.ConnectionString,
                ["JWT_SECRET"] = api.JwtSecret,
            }
        );
        var user = await api.CreateUserAsync();
        using var elsewhere = second.ClientFor(user.AccessToken);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async i =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze/video")
                    {
                        Content = JsonContent.Create(new { configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ" } }),
                    };
                    request.Headers.Add("Idempotency-Key", "two-instances");
                    using var response = await (i % 2 == 0 ? user.Client : elsewhere).SendAsync(request, Ct);
                    Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                    return await response.Content.ReadAsStringAsync(Ct);
                })
        );
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM job_queue WHERE user_id = @Id", new { user.Id }, Ct));
    }

    private static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (response.StatusCode, (await Tokens.JsonAsync(response)).GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    private static async Task<Guid> SubmitAsync(ApiUser user, string tone = "t")
    {
        var answer = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new
            {
                configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone },
                metadata = new { title = "A title", transcript = "transcript-canary" },
            },
            Ct
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await Tokens.JsonAsync(answer)).GetProperty("jobId").GetGuid();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid job, string action) =>
        client.PostAsJsonAsync($"/api/v1/analyze/job/{job}/{action}", new { }, Ct);

    private static async Task<JsonElement> JsonAsync(ApiUser user, Guid job, string action)
    {
        var answer = await PostAsync(user.Client, job, action);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Tokens.JsonAsync(answer);
    }
}
