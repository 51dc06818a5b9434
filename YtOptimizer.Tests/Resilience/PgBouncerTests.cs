using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using YtOptimizer.Tests.Database;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Resilience;

/// <summary>The API and a worker behind a transaction pooler: with a direct connection for LISTEN, and without one.</summary>
public class PgBouncerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "LISTEN works")]
    [InlineData(false, "LISTEN does not work, polling the database instead")]
    public async Task Jobs_BehindATransactionPooler_AreSubmittedCancelledAndCompleted(bool hasDirect, string expected)
    {
        if (TestPgBouncer.Program is null)
        {
            Assert.Skip("PgBouncer is not installed.");
        }

        await using var api = new ApiFixture();
        await api.InitializeAsync();
        await using var pooler = await TestPgBouncer.StartAsync(api.Database.ConnectionString);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__ytoptimizer"] = pooler.ConnectionString,
        };
        if (hasDirect)
        {
            addresses["ConnectionStrings__ytoptimizer-direct"] = api.Database.ConnectionString;
        }

        api.With(addresses.ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value));
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync(
            "INSERT INTO user_subscriptions (user_id, tier) VALUES (@Id, 'premium') ON CONFLICT (user_id) DO UPDATE SET tier = 'premium'",
            new { user.Id },
            Ct
        );

        // More at once than there are server connections; each twice with its key.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).SelectMany(i => (int[])[i, i]).Select(i => SubmitAsync(user, i)));
        Assert.Equal(12, answers.Distinct().Count());
        var cancelled = answers[0];
        Assert.Equal(
            HttpStatusCode.OK,
            (await user.Client.PostAsJsonAsync($"/api/v1/analyze/job/{cancelled}/cancel", new { }, Ct)).StatusCode
        );

        var lines = new ConcurrentQueue<string?>();
        using var worker = WorkerProcess.Start(
            pooler.ConnectionString,
            new Dictionary<string, string>(addresses, StringComparer.Ordinal) { ["YOUTUBE_OEMBED_URL"] = "" }
        );
        try
        {
            worker.OutputDataReceived += (_, line) => lines.Enqueue(line.Data);
            worker.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data);
            worker.BeginOutputReadLine();
            worker.BeginErrorReadLine();
            await Eventually.TrueAsync(
                async () => await CountAsync(api, user, "completed") == 11,
                "eleven jobs are completed",
                TimeSpan.FromSeconds(60)
            );
            await Eventually.TrueAsync(
                () => Task.FromResult(lines.Any(line => line?.Contains(expected, StringComparison.Ordinal) == true)),
                expected,
                TimeSpan.FromSeconds(60)
            );

            // Once more, now that the worker knows how it hears of jobs.
            await SubmitAsync(user, 100);
            await Eventually.TrueAsync(
                async () => await CountAsync(api, user, "completed") == 12,
                "the twelfth job is completed",
                TimeSpan.FromSeconds(60)
            );
            Assert.Equal(1, await CountAsync(api, user, "cancelled"));
            Assert.Equal(
                12,
                await api.Database.Db.ScalarAsync<long>("SELECT count(*) FROM audits WHERE user_id = @Id", new { user.Id }, Ct)
            );
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The sessions that the server sees belong to the pooler: no more of them than it may have.</summary>
    [Fact]
    public async Task Sessions_OfManyRequests_StayWithinThePoolersLimit()
    {
        if (TestPgBouncer.Program is null)
        {
            Assert.Skip("PgBouncer is not installed.");
        }

        await using var api = new ApiFixture();
        await api.InitializeAsync();
        await using var pooler = await TestPgBouncer.StartAsync(api.Database.ConnectionString);
        api.With(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:ytoptimizer"] = pooler.ConnectionString,
                ["ConnectionStrings:ytoptimizer-direct"] = api.Database.ConnectionString,
            }
        );
        var user = await api.CreateUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => user.Client.GetAsync("/api/v1/analyze/jobs", Ct)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await using var direct = new NpgsqlConnection(api.Database.ConnectionString);
        await direct.OpenAsync(Ct);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> '' AND application_name "
                + "NOT LIKE '%-direct'",
            direct
        );
        Assert.InRange((long)(await count.ExecuteScalarAsync(Ct))!, 1, TestPgBouncer.ServerConnections);
    }

    private static async Task<Guid> SubmitAsync(ApiUser user, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze/video")
        {
            Content = JsonContent.Create(
                new
                {
                    configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone = $"tone {number}" },
                    metadata = new { title = "Poolers and how to live with them" },
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", $"pooled-{number}");
        using var response = await user.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await Tokens.JsonAsync(response)).GetProperty("jobId").GetGuid();
    }

    private static Task<long> CountAsync(ApiFixture api, ApiUser user, string status) =>
        api.Database.Db.ScalarAsync<long>(
            "SELECT count(*) FROM job_queue WHERE user_id = @Id AND status = @status",
            new { user.Id, status },
            Ct
        );
}
