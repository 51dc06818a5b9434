using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>The real AppHost with the real programs and servers; only YouTube is the test's, so that a job can be held while something dies.</summary>
public sealed class WholeApplicationTests
{
    /// <summary>Of the whole test; a start takes 5 to 10 seconds, each crash with a job up to 20.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>For a job whose worker died: its lease must run out first.</summary>
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Application_TwoReplicasEach_StartsServesAndSurvivesCrashes()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);
        await using var upstreams = await FakeUpstreams.StartAsync(limit.Token);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>(["--Replicas:Api=2", "--Replicas:Worker=2"], limit.Token);
        var worker = builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(r => r.Name == ResourceNames.Worker));
        foreach (var name in (string[])["YOUTUBE_API_BASE_URL", "YOUTUBE_API_KEY"])
        {
            worker.WithEnvironment(name, upstreams.Settings[name]);
        }

        await using var application = await builder.BuildAsync(limit.Token);
        await application.StartAsync(limit.Token);
        var api = await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Api, WaitBehavior.StopOnResourceUnavailable, limit.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Worker, WaitBehavior.StopOnResourceUnavailable, limit.Token);

        using var client = application.CreateHttpClient(ResourceNames.Api);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token)).StatusCode);

        // The migrations ran before anything that needs them.
        var database = await application.GetConnectionStringAsync(ResourceNames.Database, limit.Token);
        Assert.True(await ScalarAsync<long>(database!, "SELECT count(*) FROM supabase_migrations.schema_migrations") > 0);

        // What serves users connects with the application's rights alone. (The worker's chores hold the owner's connection for themselves.)
        Assert.Equal("ytoptimizer_service", await ScalarAsync<string>(database!,
            "SELECT string_agg(DISTINCT usename::text, ',') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name ILIKE '%api%'"));

        // A job whose worker is killed is done by another one, once.
        await SignUpAsync(client);
        var job = await SubmitAsync(client, upstreams, "aaaaaaaaaa1");
        Kill(int.Parse((await ScalarAsync<string>(database!, $"SELECT locked_by FROM job_queue WHERE id = '{job}'")).Split(':')[^2], CultureInfo.InvariantCulture));
        await CompletedAsync(client, upstreams, job);
        Assert.Equal(1, await ScalarAsync<long>(database!, $"SELECT count(*) FROM audits WHERE job_id = '{job}'"));

        // The public port stays while one replica of the API is gone and comes back.
        job = await SubmitAsync(client, upstreams, "aaaaaaaaaa2");
        Kill(api.ProcessId());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/alive", UriKind.Relative), limit.Token)).StatusCode);
        await CompletedAsync(client, upstreams, job);
        await application.StateAsync(api.ResourceId, s => s.Properties.Any(p => p.Name == "executable.pid" && !p.Value!.Equals(api.ProcessId())));
        await application.StateAsync(api.ResourceId, s => s.HealthStatus == HealthStatus.Healthy);

        // So does the address of the database, and what was running goes on.
        job = await SubmitAsync(client, upstreams, "aaaaaaaaaa3");
        Kill((await application.StateAsync(ResourceNames.Postgres, s => s.HealthStatus == HealthStatus.Healthy)).ProcessId());
        await application.LineAsync(ResourceNames.Postgres, "postgres ended with exit code");
        await CompletedAsync(client, upstreams, job);
        await Eventually.TrueAsync(async () => (await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token)).StatusCode == HttpStatusCode.OK, "an answer with the database back", JobLimit, TimeSpan.FromMilliseconds(500));
        Assert.Equal(database, await application.GetConnectionStringAsync(ResourceNames.Database, limit.Token));
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    private static async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task SignUpAsync(HttpClient client)
    {
        var account = await client.PostAsJsonAsync("/api/v1/auth/register", new { email = "whole@example.com", password = ApiFixture.Password, name = "Whole" }, Token);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Tokens.JsonAsync(account)).GetProperty("accessToken").GetString());
    }

    /// <summary>Submits a video and returns when a worker has asked YouTube about it, which does not answer for now.</summary>
    private static async Task<Guid> SubmitAsync(HttpClient client, FakeUpstreams upstreams, string video)
    {
        upstreams.YouTube.Add(video, "How to sharpen a kitchen knife with a whetstone", "Soak the stone, find the angle, raise a burr, remove it.");
        upstreams.YouTube.Reset();
        upstreams.YouTube.Default = FakeReply.Hang();
        var accepted = await client.PostAsJsonAsync("/api/v1/analyze/video", new { configuration = new { url = $"https://youtu.be/{video}" } }, Token);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count > 0), "a worker asks about the video");
        return (await Tokens.JsonAsync(accepted)).GetProperty("jobId").GetGuid();
    }

    private static async Task CompletedAsync(HttpClient client, FakeUpstreams upstreams, Guid job)
    {
        upstreams.YouTube.Restore();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    var status = await Tokens.JsonAsync(await client.GetAsync(new Uri($"/api/v1/analyze/job/{job}/status", UriKind.Relative), Token));
                    return status.TryGetProperty("status", out var word) && word.ValueKind == JsonValueKind.String && word.GetString() == "completed";
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
                {
                    return false;
                }
            },
            $"the job {job} is done",
            JobLimit,
            // Within the budget of 1,000 requests in 15 minutes, as a client would.
            TimeSpan.FromMilliseconds(500));
    }
}
