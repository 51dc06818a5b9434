using System.Net;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Resilience;

/// <summary>What happens to databases, seen from outside: 503 with Retry-After and never 500, no restart, nothing acknowledged is
/// lost.</summary>
public class DatabaseOutageTests(OutageRig rig) : IClassFixture<OutageRig>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_OfTheServer_IsSurvived()
    {
        var before = await rig.SubmitUntilAcceptedAsync("restart-1");
        await rig.RestartServerAsync(async () =>
        {
            await UnavailableAsync("restart-2");
            Assert.Equal(HttpStatusCode.OK, await rig.StatusAsync("/health/liveness"));
            await Eventually.TrueAsync(
                async () => await rig.StatusAsync("/health/readiness") == HttpStatusCode.ServiceUnavailable,
                "the API is not ready"
            );
        });
        var after = await rig.SubmitUntilAcceptedAsync("restart-2");
        await Eventually.TrueAsync(async () => await rig.StatusAsync("/health/readiness") == HttpStatusCode.OK, "the API is ready");
        await rig.AssertCompletedAsync(before, after);
    }

    [Fact]
    public async Task Backends_TerminatedAgainAndAgain_CostNothing()
    {
        var jobs = new List<Guid>();
        for (var round = 0; round < 5; round++)
        {
            var submitting = Enumerable.Range(0, 3).Select(i => rig.SubmitUntilAcceptedAsync($"terminate-{round}-{i}")).ToArray();
            await rig.TerminateAsync();
            jobs.AddRange(await Task.WhenAll(submitting));
        }

        Assert.Equal(15, jobs.Distinct().Count());
        await rig.AssertCompletedAsync([.. jobs]);
    }

    [Fact]
    public async Task BlackHole_Requests_AreAnsweredAndTheSameProcessesGoOn()
    {
        var before = await rig.SubmitUntilAcceptedAsync("hole-1");
        rig.Database.Silence();
        try
        {
            // A statement's own timeout is 15 s; the silence is noticed long before.
            foreach (var path in (string[])["/api/v1/analyze/jobs", $"/api/v1/analyze/job/{before}/status"])
            {
                using var response = await rig.User.Client.GetAsync(path, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
                await OutageRig.AssertUnavailableAsync(response);
            }

            await UnavailableAsync("hole-2");
            Assert.Equal(HttpStatusCode.OK, await rig.StatusAsync("/health/liveness"));
        }
        finally
        {
            rig.Database.Restore();
        }

        var after = await rig.SubmitUntilAcceptedAsync("hole-2");
        await rig.AssertCompletedAsync(before, after);
    }

    [Fact]
    public async Task Connections_RefusedAndCut_AreSurvived()
    {
        rig.Database.Cut();
        try
        {
            await UnavailableAsync("cut-1");
        }
        finally
        {
            rig.Database.Restore();
        }

        await rig.AssertCompletedAsync(await rig.SubmitUntilAcceptedAsync("cut-1"));
    }

    [Fact]
    public async Task Failover_ToAReadOnlyServer_RefusesWritesAndEndsWithoutReconnecting()
    {
        await rig.ExecuteAsync("ALTER DATABASE postgres SET default_transaction_read_only = on");
        await rig.TerminateAsync();
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    using var response = await rig.User.Client.GetAsync("/api/v1/analyze/jobs", Ct);
                    return response.StatusCode == HttpStatusCode.OK;
                },
                "reading works"
            );
            await UnavailableAsync("read-only-1");
        }
        finally
        {
            // The open sessions stay read-only: they belong to the server that was demoted.
            await rig.ExecuteAsync("ALTER DATABASE postgres RESET default_transaction_read_only");
        }

        await rig.AssertCompletedAsync(await rig.SubmitUntilAcceptedAsync("read-only-1"));
    }

    [Fact]
    public async Task Pool_UsedUp_RefusesTheRestAndRecovers()
    {
        await using (var connection = await rig.Direct.OpenConnectionAsync(Ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await using var lockQueue = new Npgsql.NpgsqlCommand("LOCK TABLE job_queue IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await lockQueue.ExecuteNonQueryAsync(Ct);
            var requests = Enumerable.Range(0, 20).Select(_ => rig.User.Client.GetAsync("/api/v1/analyze/jobs", Ct)).ToList();
            // The pool has six connections: fourteen requests get none, and are told so while the six still wait.
            for (var i = 0; i < 14; i++)
            {
                var first = await Task.WhenAny(requests);
                requests.Remove(first);
                using var response = await first;
                await OutageRig.AssertUnavailableAsync(response);
            }

            await transaction.RollbackAsync(Ct);
            foreach (var response in await Task.WhenAll(requests))
            {
                Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
                response.Dispose();
            }
        }

        await rig.AssertCompletedAsync(await rig.SubmitUntilAcceptedAsync("pool-1"));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("dead")]
    [InlineData("silent")]
    [InlineData("slow")]
    [InlineData("flushed")]
    public async Task Cache_InWhateverState_HarmsNothing(string state)
    {
        await rig.HealthyAsync("database");
        if (state != "absent")
        {
            rig.Cache.Restore();
            await rig.HealthyAsync("redis");
        }

        switch (state)
        {
            case "absent" or "dead":
                rig.Cache.Cut();
                break;
            case "silent":
                rig.Cache.Silence();
                break;
            case "slow":
                rig.Cache.Slow(TimeSpan.FromSeconds(2));
                break;
            case "flushed":
                await rig.FlushAsync();
                break;
        }

        try
        {
            using var response = await rig.SubmitAsync("cache-" + state);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await Eventually.TrueAsync(
                async () => await rig.StatusAsync("/health/readiness") == HttpStatusCode.OK,
                "the API is ready with the cache as it is"
            );
            await rig.AssertCompletedAsync((await Tokens.JsonAsync(response)).GetProperty("jobId").GetGuid());
        }
        finally
        {
            rig.Cache.Restore();
        }
    }

    [Fact]
    public async Task Queue_OfTheWorker_ShowsInTheApisMetricsAndHealth()
    {
        await rig.AssertCompletedAsync(await rig.SubmitUntilAcceptedAsync("metrics-1"));
        using var client = rig.Api.ClientFor(OutageRig.MetricsToken);
        await Eventually.TrueAsync(
            async () =>
            {
                var text = await client.GetStringAsync("/metrics", Ct);
                return (
                    (string[])
                        [
                            "queue_depth",
                            "queue_running",
                            "queue_oldest_age_seconds",
                            "jobs_attempts_total",
                            "jobs_finished_total",
                            "jobs_pickup_seconds_bucket",
                            "queue_dead",
                        ]
                ).All(name => text.Contains("\nyoutube_optimizer_" + name, StringComparison.Ordinal));
            },
            "the worker's figures are there",
            TimeSpan.FromSeconds(40)
        );
        await rig.HealthyAsync("queue");
    }

    private async Task UnavailableAsync(string key)
    {
        using var response = await rig.SubmitAsync(key).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        await OutageRig.AssertUnavailableAsync(response);
    }
}
