using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.RunningApplication;

namespace YtOptimizer.Tests.AppHost;

/// <summary>
/// One start of the whole application, two replicas each, for all tests that need it: only YouTube is the tests', so that a job can be held
/// while something dies.
/// </summary>
public sealed class WholeApplication : IAsyncLifetime
{
    /// <summary>For a job whose worker died: its lease must run out first.</summary>
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(90);

    /// <summary>Of the start; on a machine of its own it takes about 20 seconds.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly string dataFolder = DataFolder();
    private FakeUpstreams upstreams = null!;
    private IDistributedApplicationTestingBuilder? builder;

    internal DistributedApplication Application { get; private set; } = null!;

    /// <summary>Signed in.</summary>
    internal HttpClient Client { get; private set; } = null!;

    /// <summary>The owner's connection string.</summary>
    internal string Database { get; private set; } = "";

    internal string DataDirectory => dataFolder;

    public async ValueTask InitializeAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(StartLimit);
        upstreams = await FakeUpstreams.StartAsync(limit.Token);
        builder = await CreateWithDashboardAsync(dataFolder, "--Replicas:Api=2", "--Replicas:Worker=2");
        var worker = builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(r => r.Name == ResourceNames.Worker));
        foreach (var name in (string[])["YOUTUBE_API_BASE_URL", "YOUTUBE_API_KEY"])
        {
            worker.WithEnvironment(name, upstreams.Settings[name]);
        }

        Application = await builder.BuildAsync(limit.Token);
        await Application.StartAsync(limit.Token);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(
            ResourceNames.Api,
            WaitBehavior.StopOnResourceUnavailable,
            limit.Token
        );
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(
            ResourceNames.Worker,
            WaitBehavior.StopOnResourceUnavailable,
            limit.Token
        );
        Database = (await Application.GetConnectionStringAsync(ResourceNames.Database, limit.Token))!;
        Client = Application.CreateHttpClient(ResourceNames.Api);
        var account = await Client.PostAsJsonAsync(
            "/api/v1/auth/register",
            new
            {
                email = "whole@example.com",
                password = ApiFixture.Password,
                name = "Whole",
            },
            limit.Token
        );
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await Tokens.JsonAsync(account)).GetProperty("accessToken").GetString()
        );
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Application is not null)
        {
            await Application.DisposeAsync();
        }

        if (builder is not null)
        {
            await builder.DisposeAsync();
        }

        await upstreams.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(dataFolder, recursive: true);
    }

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>Submits a video and returns when a worker has asked YouTube about it, which does not answer for now.</summary>
    internal async Task<Guid> SubmitAsync(string video)
    {
        upstreams.YouTube.Add(
            video,
            "How to sharpen a kitchen knife with a whetstone",
            "Soak the stone, find the angle, raise a burr, remove it."
        );
        upstreams.YouTube.Reset();
        upstreams.YouTube.Default = FakeReply.Hang();
        var accepted = await Client.PostAsJsonAsync(
            "/api/v1/analyze/video",
            new { configuration = new { url = $"https://youtu.be/{video}" } },
            Token
        );
        Assert.Equal(System.Net.HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(upstreams.YouTube.Calls.Count > 0), "a worker asks about the video");
        return (await Tokens.JsonAsync(accepted)).GetProperty("jobId").GetGuid();
    }

    internal async Task CompletedAsync(Guid job)
    {
        upstreams.YouTube.Restore();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    var status = await Tokens.JsonAsync(
                        await Client.GetAsync(new Uri($"/api/v1/analyze/job/{job}/status", UriKind.Relative), Token)
                    );
                    return status.TryGetProperty("status", out var word)
                        && word.ValueKind == JsonValueKind.String
                        && word.GetString() == "completed";
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
                {
                    return false;
                }
            },
            $"the job {job} is done",
            JobLimit,
            // Within the budget of 1,000 requests in 15 minutes, as a client would.
            TimeSpan.FromMilliseconds(500)
        );
    }
}
