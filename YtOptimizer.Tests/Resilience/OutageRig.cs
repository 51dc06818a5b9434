using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Database;
using YtOptimizer.Tests.Support;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.Resilience;

/// <summary>
/// The API and a worker process over a PostgreSQL server and a cache of their own, with a <see cref="FaultyLink"/> before each. The cache
/// is cut when they start: absent at start must do no harm either.
/// </summary>
public sealed class OutageRig : IAsyncLifetime
{
    internal const string MetricsToken = "dummy-metrics-token-of-a-test";
    private const int PoolSize = 6;
    private readonly string folder = Directory.CreateTempSubdirectory("yto-outage-").FullName;
    private readonly string password = RandomNumberGenerator.GetHexString(32);
    private IRunningServer? server;
    private TestRedis? redis;
    private Process? worker;

    internal FaultyLink Database { get; private set; } = null!;

    internal FaultyLink Cache { get; private set; } = null!;

    internal ApiFixture Api { get; private set; } = null!;

    internal TestRedis Redis => redis!;

    /// <summary>Around the faulty link.</summary>
    internal NpgsqlDataSource Direct { get; private set; } = null!;

    internal ApiUser User { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        }

        server = await StartServerAsync(null);
        // A failover to read-only is for the others.
        Direct = NpgsqlDataSource.Create(Address(server.Port, 5) + ";Options=-c default_transaction_read_only=off");
        await Migrator.PushAsync(Direct, Repository.PathOf("supabase"), Ct);
        Database = new FaultyLink(server.Port);
        redis = await TestRedis.StartAsync();
        var cache = ConnectionAddress(redis.ConnectionString, out var cachePort);
        Cache = new FaultyLink(cachePort);
        Cache.Cut();
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:ytoptimizer"] = Address(Database.Port, PoolSize),
            ["ConnectionStrings:cache"] = cache.Replace(
                "$PORT",
                Cache.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            ),
            ["DatabaseOutageDetector"] = "on",
            ["METRICS_TOKEN"] = MetricsToken,
        };
        Api = await ApiFixture.StartAsync(settings);
        User = await Api.CreateUserAsync();
        await ExecuteAsync(
            "INSERT INTO user_subscriptions (user_id, tier) SELECT id, 'premium' FROM profiles ON CONFLICT (user_id) DO UPDATE SET tier "
                + "= 'premium'"
        );
        worker = WorkerProcess.Start(
            settings["ConnectionStrings:ytoptimizer"]!,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__cache"] = settings["ConnectionStrings:cache"]!,
                ["YOUTUBE_OEMBED_URL"] = "",
            }
        );
        worker.OutputDataReceived += (_, _) => { };
        worker.ErrorDataReceived += (_, _) => { };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync(CancellationToken.None);
            worker.Dispose();
        }

        await Api.DisposeAsync();
        await Database.DisposeAsync();
        await Cache.DisposeAsync();
        await redis!.DisposeAsync();
        await Direct.DisposeAsync();
        await server!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Stops the server, lets the test look, and starts it again on the same data.</summary>
    internal async Task RestartServerAsync(Func<Task> meanwhile)
    {
        var port = server!.Port;
        await server.DisposeAsync();
        await meanwhile();
        server = await StartServerAsync(port);
        Database.TargetPort = server.Port;
        Direct.Clear();
    }

    internal async Task ExecuteAsync(string sql)
    {
        await using var command = Direct.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    internal async Task TerminateAsync()
    {
        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );
        Direct.Clear();
    }

    /// <summary>The worker that was started at the beginning still runs.</summary>
    internal void AssertWorkerLives() => Assert.False(worker!.HasExited, "the worker ended");

    internal async Task<HttpResponseMessage> SubmitAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze/video")
        {
            Content = JsonContent.Create(
                new
                {
                    configuration = new { url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", tone = key },
                    metadata = new { title = "Outages and how to live with them" },
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await User.Client.SendAsync(request, Ct);
    }

    /// <summary>As a client does it: the same request until it is accepted; every other answer must be a proper 503.</summary>
    internal async Task<Guid> SubmitUntilAcceptedAsync(string key, TimeSpan? deadline = null)
    {
        var answer = await Eventually.ValueAsync<object>(
            async () =>
            {
                using var response = await SubmitAsync(key);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    return await Tokens.JsonAsync(response);
                }

                await AssertUnavailableAsync(response);
                return null;
            },
            "a submission is accepted",
            deadline
        );
        return ((JsonElement)answer).GetProperty("jobId").GetGuid();
    }

    internal static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    /// <summary>No acknowledged job is lost: each is completed, with one result, by the worker that was there all the time.</summary>
    internal async Task AssertCompletedAsync(params Guid[] jobs)
    {
        foreach (var job in jobs)
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    using var response = await User.Client.GetAsync($"/api/v1/analyze/job/{job}/status", Ct);
                    return response.IsSuccessStatusCode
                        && (await Tokens.JsonAsync(response)).GetProperty("status").GetString() == "completed";
                },
                "the job is completed",
                TimeSpan.FromSeconds(60)
            );
        }

        await using var command = Direct.CreateCommand("SELECT count(*) FROM audits WHERE job_id = ANY ($1)");
        command.Parameters.AddWithValue(jobs);
        Assert.Equal((long)jobs.Length, await command.ExecuteScalarAsync(Ct));
        AssertWorkerLives();
    }

    internal async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var client = Api.Anonymous();
        using var response = await client.GetAsync(path, Ct);
        return response.StatusCode;
    }

    /// <summary>Waits for what the last round of probes may still say of an earlier fault.</summary>
    internal Task HealthyAsync(string service) =>
        Eventually.TrueAsync(
            async () =>
            {
                using var client = Api.Anonymous();
                using var response = await client.GetAsync("/health", Ct);
                return (await Tokens.JsonAsync(response)).GetProperty("services").GetProperty(service).GetProperty("status").GetString()
                    == "healthy";
            },
            $"{service} is healthy",
            TimeSpan.FromSeconds(40)
        );

    internal async Task FlushAsync()
    {
        await using var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(
            Redis.ConnectionString + ",allowAdmin=true"
        );
        await connection.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    private Task<IRunningServer> StartServerAsync(int? port) =>
        PostgresServer.StartAsync(
            new ServerOptions(folder, port, password, ["-c", "fsync=off", "-c", "max_connections=100"]),
            new Progress<string>(),
            _ => { },
            Ct
        );

    private string Address(int port, int poolSize) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
            MaxPoolSize = poolSize,
        }.ConnectionString;

    private static string ConnectionAddress(string redis, out int port)
    {
        var parts = redis.Split(',', 2);
        port = int.Parse(parts[0].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        return $"127.0.0.1:$PORT,{parts[1]}";
    }
}
