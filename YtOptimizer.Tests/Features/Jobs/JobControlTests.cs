using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Jobs;

/// <summary>Cancel, restart and retry, and what refuses them.</summary>
public class JobControlTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelRestartRetry_InTurn_FollowTheStates()
    {
        var user = await api.CreateUserAsync();
        var job = await JobCalls.SubmitAsync(user);
        Assert.False((await JobCalls.JsonAsync(user, job, "restart")).GetProperty("success").GetBoolean());
        Assert.False((await JobCalls.JsonAsync(user, job, "retry")).GetProperty("success").GetBoolean());

        Assert.True((await JobCalls.JsonAsync(user, job, "cancel")).GetProperty("cancelled").GetBoolean());
        Assert.True((await JobCalls.JsonAsync(user, job, "cancel")).GetProperty("cancelled").GetBoolean());

        var restarted = await JobCalls.JsonAsync(user, job, "restart");
        Assert.Equal((true, job), (restarted.GetProperty("success").GetBoolean(), restarted.GetProperty("jobId").GetGuid()));
        await JobCalls.JsonAsync(user, job, "cancel");

        var retried = await JobCalls.JsonAsync(user, job, "retry");
        var copy = retried.GetProperty("newJobId").GetGuid();
        Assert.NotEqual(job, copy);
        Assert.Equal(copy, (await JobCalls.JsonAsync(user, job, "retry")).GetProperty("newJobId").GetGuid());
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
        var job = await JobCalls.SubmitAsync(user);
        await JobCalls.JsonAsync(user, job, "cancel");
        for (var i = 0; i < 5; i++)
        {
            await JobCalls.SubmitAsync(user, $"t{i}");
        }

        foreach (var action in (string[])["restart", "retry"])
        {
            var answer = await JobCalls.PostAsync(user.Client, job, action);
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
        var job = await JobCalls.SubmitAsync(user);
        await JobCalls.JsonAsync(user, job, "cancel");
        for (var i = 0; i < 20; i++)
        {
            await JobCalls.SubmitAsync(user, $"t{i}");
        }

        foreach (var action in (string[])["restart", "retry"])
        {
            await JobCalls.RefusedAsync(
                await JobCalls.PostAsync(user.Client, job, action),
                HttpStatusCode.TooManyRequests,
                "too_many_active_jobs"
            );
        }
    }

    [Fact]
    public async Task EveryWayIntoAFullQueue_Is503WithRetryAfter()
    {
        await using var full = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["Jobs:GlobalDepth"] = "3" });
        var user = await full.CreateUserAsync();
        var job = await JobCalls.SubmitAsync(user);
        await JobCalls.JsonAsync(user, job, "cancel");
        await full.Database.Db.ExecuteAsync(
            "INSERT INTO job_queue (user_id, job_type) SELECT @Id, 'test' FROM generate_series(1, 3)",
            new { user.Id },
            Ct
        );
        // The depth is counted a few times a second.
        await Eventually.TrueAsync(
            async () => (await JobCalls.PostAsync(user.Client, job, "retry")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "the queue is known to be full"
        );
        foreach (var action in (string[])["restart", "retry"])
        {
            await JobCalls.RefusedAsync(
                await JobCalls.PostAsync(user.Client, job, action),
                HttpStatusCode.ServiceUnavailable,
                "queue_full"
            );
        }

        var submission = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone = "x" } },
            Ct
        );
        await JobCalls.RefusedAsync(submission, HttpStatusCode.ServiceUnavailable, "queue_full");
    }
}
