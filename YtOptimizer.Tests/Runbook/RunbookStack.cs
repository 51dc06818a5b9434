extern alias api;

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker;
using ApiProgram = api::Program;

namespace YtOptimizer.Tests.Runbook;

/// <summary>
/// What the runbook's commands are run against: a database with rows, one API and one worker as processes, something like OpenAI and
/// Telegram, and a log in which there is what the runbook looks for, brought about by real means.
/// </summary>
internal sealed class RunbookStack : IAsyncDisposable
{
    public const string Address = "203.0.113.77";
    public const string Email = "compromised@example.com";
    private const string Token = "dummy-metrics-token-for-tests";
    private const string Bot = "123456:dummy";

    private const string SeedSql = """
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
        INSERT INTO audits (user_id, video_url) SELECT id, 'https://youtu.be/dQw4w9WgXcQ' FROM profiles;
        INSERT INTO user_token_usage (user_id, feature_type, tokens_consumed) SELECT id, 'analysis', 100 FROM profiles;
        INSERT INTO error_logs (error_type, message) VALUES ('test', 'test');
        INSERT INTO ip_rate_limits (ip_address, endpoint, request_count) VALUES ('203.0.113.8', '/auth', 101);
        """;

    private readonly ConcurrentBag<TestDatabase> copies = [];
    private readonly TestDatabase database;
    private readonly WebApplication upstreams;
    private readonly Dictionary<string, string?> settings;
    private ApiProcesses api = null!;
    private RunningProgram worker = null!;

    private RunbookStack(TestDatabase database, WebApplication upstreams)
    {
        this.database = database;
        this.upstreams = upstreams;
        settings = new(StringComparer.Ordinal)
        {
            ["LOG_LEVEL"] = "info",
            ["METRICS_TOKEN"] = Token,
            ["TELEGRAM_BOT_TOKEN"] = Bot,
            ["TELEGRAM_CHAT_ID"] = "42",
            ["TELEGRAM_API_BASE_URL"] = upstreams.Urls.First(),
            ["OPENAI_API_KEY"] = "dummy-key",
            ["OPENAI_BASE_URL"] = upstreams.Urls.First() + "/v1",
            ["TRUSTED_PROXIES"] = "127.0.0.1",
            ["AUTH_RATE_LIMIT_MAX"] = "30",
        };
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("yto-runbook-").FullName;

    public NpgsqlDataSource DataSource => database.DataSource;

    /// <summary>Environment of the commands.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    public Guid UserId { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RunbookStack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var upstreams = builder.Build();
        upstreams.MapGet("/v1/models", () => Results.Json(new { data = new[] { new { id = "gpt-4o-mini" } } }));
        upstreams.MapPost("/v1/chat/completions", () => Results.Json(new { error = new { message = "down" } }, statusCode: 500));
        upstreams.MapMethods($"/bot{Bot}/getMe", ["GET", "POST"], () => Results.Json(
                new
                {
                    ok = true,
                    result = new
                    {
                        id = 1,
                        is_bot = true,
                        first_name = "b",
                        username = "b",
                    },
                }
            ));
        upstreams.MapPost($"/bot{Bot}/getChat", () => Results.Json(
                new
                {
                    ok = true,
                    result = new
                    {
                        id = 42,
                        type = "private",
                        accent_color_id = 0,
                        max_reaction_count = 0,
                    },
                }
            ));
        upstreams.MapPost($"/bot{Bot}/getUpdates", async (CancellationToken ct) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10), ct);
            return Results.Json(new { ok = true, result = Array.Empty<object>() });
        });
        upstreams.MapPost($"/bot{Bot}/sendMessage", () => Results.Json(
                new
                {
                    ok = true,
                    result = new
                    {
                        message_id = 1,
                        date = 1,
                        chat = new { id = 42, type = "private" },
                    },
                }
            ));
        await upstreams.StartAsync(Ct);
        var stack = new RunbookStack(await TestDatabase.CreateAsync(Ct), upstreams);
        await stack.StartProcessesAsync();
        await stack.WriteLogAsync(await stack.CauseTroubleAsync());
        return stack;
    }

    /// <summary>The environment with another database, which holds the same kind of rows and which the command may destroy.</summary>
    public async Task<Dictionary<string, string?>> CopyAsync()
    {
        var copy = await TestDatabase.CreateAsync(Ct);
        copies.Add(copy);
        await copy.Db.ExecuteAsync($"INSERT INTO profiles (email) VALUES ('{Email}'); " + SeedSql, null, Ct);
        return new(Environment, StringComparer.Ordinal)
        {
            ["DATABASE_URL"] = Url(copy),
            ["DATABASE"] = new NpgsqlConnectionStringBuilder(copy.ConnectionString).Database,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        await api.DisposeAsync();
        await upstreams.DisposeAsync();
        foreach (var copy in copies)
        {
            await copy.DisposeAsync();
        }

        await database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartProcessesAsync()
    {
        var shared = ApiFixture.BaseSettings(database.ConnectionString, "");
        foreach (var (name, value) in settings)
        {
            shared[name] = value;
        }

        // The API has a secret of its own, which the worker and the verbs get too.
        var starting = ApiProcesses.StartAsync(1, database, settings);
        api = await starting;
        shared["JWT_SECRET"] = api.JwtSecret;
        shared["DOTNET_ENVIRONMENT"] = "Production";
        worker = RunningProgram.Start("dotnet", [typeof(WorkerHost).Assembly.Location], shared);
    }

    /// <summary>Everything that the runbook's searches are to find: errors, refusals, failed upstreams, processes that cannot
    /// start.</summary>
    private async Task<string> CauseTroubleAsync()
    {
        var url = api.Clients[0].BaseAddress!;
        var unset = ApiFixture.BaseSettings(database.ConnectionString, "");
        unset.Remove("JWT_SECRET");
        var dll = typeof(ApiProgram).Assembly.Location;
        await using var withoutSecret = RunningProgram.Start(
            "dotnet",
            [dll],
            new Dictionary<string, string?>(unset) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["JWT_SECRET"] = null }
        );
        await using var onTakenPort = RunningProgram.Start(
            "dotnet",
            [dll],
            new Dictionary<string, string?>(unset) { ["ASPNETCORE_URLS"] = url.ToString(), ["JWT_SECRET"] = api.JwtSecret }
        );

        var user = await Tokens.RegisterAsync(api.Clients[0], database, "user", Email, ApiFixture.Password, token => api.ClientFor(token));
        var admin = await api.CreateUserAsync("admin");
        UserId = user.Id;
        await database.Db.ExecuteAsync(SeedSql, null, Ct);
        await database.Db.ExecuteAsync("ALTER TABLE user_content_preferences RENAME TO hidden", null, Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, (await user.Client.GetAsync("/api/v1/user-preferences", Ct)).StatusCode);
        await database.Db.ExecuteAsync("ALTER TABLE hidden RENAME TO user_content_preferences", null, Ct);
        // The language model is asked for paid tiers only.
        await database.Db.ExecuteAsync("UPDATE user_subscriptions SET tier = 'pro' WHERE user_id = @Id", new { user.Id }, Ct);
        await user.Client.PostAsJsonAsync(
            "/api/v1/ai/analyze/text",
            new { transcript = string.Join(' ', Enumerable.Repeat("Today we bake bread with flour, water and salt.", 10)) },
            Ct
        );
        await GuessPasswordsAsync(api.Clients[0]);
        Assert.True(
            await withoutSecret.EndsWithinAsync(TimeSpan.FromSeconds(30)) && await onTakenPort.EndsWithinAsync(TimeSpan.FromSeconds(30)),
            "A process that cannot start does not end."
        );
        Assert.Equal((1, 1), (withoutSecret.ExitCode, onTakenPort.ExitCode));
        await Eventually.TrueAsync(
            async () => await database.Db.ScalarAsync<long>("SELECT count(DISTINCT service) FROM metric_instances", null, Ct) == 2,
            "API and worker run: " + worker.Output
        );
        FillEnvironment(url, admin);
        return withoutSecret.Output + onTakenPort.Output;
    }

    private static async Task GuessPasswordsAsync(HttpClient client)
    {
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = JsonContent.Create(new { email = $"nobody{i}@example.com", password = "wrong-Password-1" }),
            };
            request.Headers.Add("X-Forwarded-For", "203.0.113.50");
            if ((await client.SendAsync(request, Ct)).StatusCode == HttpStatusCode.TooManyRequests)
            {
                return;
            }
        }

        Assert.Fail("60 guesses from one address were not refused.");
    }

    private void FillEnvironment(Uri url, ApiUser admin)
    {
        foreach (var (name, value) in settings)
        {
            Environment[name] = value;
        }

        Environment["API"] = url.ToString().TrimEnd('/');
        Environment["DATABASE_URL"] = Url(database);
        Environment["DATABASE"] = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        Environment["JWT_SECRET"] = api.JwtSecret;
        Environment["ADMIN_TOKEN"] = admin.AccessToken;
        Environment["ADMIN_EMAIL"] = admin.Email;
        Environment["ADMIN_PASSWORD"] = admin.Password;
        Environment["LOG"] = Path.Combine(Folder, "app.log");
        Environment["ACCOUNT"] = Email;
        Environment["USER_ID"] = UserId.ToString();
        Environment["IP_ADDRESS"] = Address;
        Environment["BACKUP"] = "backup.yto";
        Environment["MIGRATION"] = Path.GetFileName(
                Directory.GetFiles(Repository.PathOf("supabase", "migrations"), "*.sql").Max(StringComparer.Ordinal)!
            )
            .Split('_')[0];
    }

    private async Task WriteLogAsync(string startFailures)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(api.LogOf(0).Contains(" 429 user:", StringComparison.Ordinal)),
            "the log has the refused request"
        );
        await File.WriteAllTextAsync(Environment["LOG"]!, startFailures + api.LogOf(0) + worker.Output, Ct);
    }

    /// <summary>As a URL, the way platforms give it.</summary>
    private static string Url(TestDatabase database)
    {
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var user = $"{Uri.EscapeDataString(address.Username!)}:{Uri.EscapeDataString(address.Password ?? "")}";
        return $"postgresql://{user}@{address.Host}:{address.Port}/{address.Database}";
    }
}
