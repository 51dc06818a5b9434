using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using YtOptimizer.Tests.Database;
using YtOptimizer.Tests.Support;
using YtOptimizer.Worker.Commands.Doctor;

namespace YtOptimizer.Tests.Worker;

/// <summary>What is broken on purpose is named, with what to do, and values of secrets are not.</summary>
public sealed class DoctorTests
{
    private const string WeakSecret = "password-password-password-password";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_EverythingBroken_NamesEachWithARemedy()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var upstream = await RefusingUpstreamAsync();
        await database.Db.ExecuteAsync(
            """
            DELETE FROM supabase_migrations.schema_migrations WHERE version = (SELECT max(version)
                FROM supabase_migrations.schema_migrations);
            INSERT INTO maintenance_runs (task, succeeded, detail, finished_at) VALUES ('audit-chain', false, 'row changed', now()),
                ('retention', true, '', now() - interval '9 days')
            """,
            null,
            Ct
        );
        var (code, findings, output) = await RunAsync(
            database.ConnectionString,
            new(StringComparer.Ordinal)
            {
                ["JWT_SECRET"] = WeakSecret,
                ["REDIS_URL"] = "redis://127.0.0.1:9",
                ["SMTP_HOST"] = "127.0.0.1",
                ["SMTP_PORT"] = "9",
                ["TELEGRAM_BOT_TOKEN"] = "123456:dummy",
                ["TELEGRAM_CHAT_ID"] = "42",
                ["TELEGRAM_API_BASE_URL"] = upstream.Urls.First(),
                ["OPENAI_API_KEY"] = "dummy-key",
                ["OPENAI_BASE_URL"] = upstream.Urls.First() + "/v1",
                ["BACKUP_DIR"] = "/no/such/folder",
            }
        );
        Assert.Equal(1, code);
        Assert.DoesNotContain(WeakSecret, output);
        Assert.DoesNotContain("123456:dummy", output);
        AssertBad(findings, "migrations", "db push");
        AssertBad(findings, "JWT_SECRET", "secrets rotate-jwt");
        AssertBad(findings, "cache", "REDIS_URL");
        AssertBad(findings, "mail", "SMTP_HOST");
        AssertBad(findings, "telegram", "@BotFather");
        AssertBad(findings, "OpenAI", "OPENAI_API_KEY is refused");
        AssertBad(findings, "disk of BACKUP_DIR", "Create it");
        AssertBad(findings, "chore audit-chain", "row changed");
        AssertBad(findings, "chore retention", "overdue");
        Assert.Equal("good", findings["database"].Status);
        Assert.Equal("good", findings["clock"].Status);
    }

    [Fact]
    public async Task Doctor_DatabaseDown_SaysSoOnceAndLooksAtTheRest()
    {
        var (code, findings, _) = await RunAsync("Host=127.0.0.1;Port=9;Username=u;Password=dummy-password;Database=d;Timeout=2", []);
        Assert.Equal(1, code);
        AssertBad(findings, "database", "DATABASE_URL");
        Assert.Contains("Failed to connect to database", findings["database"].Text);
        Assert.Equal("advice", findings["migrations"].Status);
        Assert.Equal("advice", findings["mail"].Status);
        Assert.Contains("SMTP_HOST", findings["mail"].Text);
        Assert.Contains("TELEGRAM_BOT_TOKEN", findings["alerts"].Text);
    }

    [Fact]
    public async Task Doctor_AddressesAndSettings_NameWhatIsWrongWithoutValues()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await database.Db.ExecuteAsync("INSERT INTO profiles (email) VALUES ('rené@example.com'), (E'rene\\u0301@example.com')", null, Ct);
        await new YtOptimizer.Core.Accounts.EmailKeys(database.Db).FillAsync(Ct);
        var (_, findings, output) = await RunAsync(
            database.ConnectionString,
            new(StringComparer.Ordinal) { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = "hunter2" }
        );
        AssertBad(findings, "addresses", "written differently");
        AssertBad(findings, "mail", "SMTP_PORT");
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.com", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MalformedSettings_AreOneListWithoutValuesAndWithoutAStackTrace()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var result = await WorkerProcess.RunAsync(
            database.ConnectionString,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SMTP_PORT"] = "hunter2",
                ["AI_ENABLED"] = "hunter2",
                ["Jobs__Concurrency"] = "hunter2",
                ["Jobs__UserRunning"] = "0",
                ["Alerts__WindowSeconds"] = "hunter2",
            }
        );
        Assert.Equal(1, result.ExitCode);
        Assert.All(["SMTP_PORT", "AI_ENABLED", "Jobs__Concurrency", "Jobs__UserRunning", "Alerts__WindowSeconds"], name =>
            Assert.Contains("Invalid environment variable " + name, result.Error, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("hunter2", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WithoutAName_GoesToBackupDir()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var folder = Path.Combine(Directory.CreateTempSubdirectory("yto-backup-").FullName, "daily");
        var result = await WorkerProcess.RunAsync(
            database.ConnectionString,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["BACKUP_DIR"] = folder },
            "backup"
        );
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Single(Directory.GetFiles(folder, "backup-*.yto"));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Theory]
    [InlineData(0, 0, "Good")]
    [InlineData(7, 0, "Bad")]
    [InlineData(-7, 0, "Bad")]
    [InlineData(7, 3, "Good")]
    public void Clock_Difference_IsJudgedLessTheTimeOfTheQuestion(int aheadSeconds, int tripSeconds, string mood) =>
        Assert.Equal(mood, DatabaseChecks.Clock(TimeSpan.FromSeconds(aheadSeconds), TimeSpan.FromSeconds(tripSeconds)).Status.ToString());

    [Theory]
    [InlineData(0.5, "Bad")]
    [InlineData(2, "Advice")]
    [InlineData(50, "Good")]
    public void Room_FreeGigabytesOfAHundred_IsJudged(double free, string mood) =>
        Assert.Equal(mood, SettingChecks.Room("disk", (long)(free * (1 << 30)), 100L << 30).Status.ToString());

    private static void AssertBad(IReadOnlyDictionary<string, (string Status, string Text)> findings, string name, string remedy)
    {
        Assert.True(findings.TryGetValue(name, out var finding), name);
        Assert.True(
            finding.Status == "bad" && finding.Text.Contains(remedy, StringComparison.Ordinal),
            $"{name}: {finding.Status} {finding.Text}"
        );
    }

    private static async Task<(int Code, Dictionary<string, (string Status, string Text)> Findings, string Output)> RunAsync(
        string connectionString,
        Dictionary<string, string> environment
    )
    {
        var result = await WorkerProcess.RunAsync(connectionString, environment, "doctor", "--json");
        Assert.True(result.Output.StartsWith('['), result.Output + result.Error);
        using var json = JsonDocument.Parse(result.Output);
        return (
            result.ExitCode,
            json.RootElement.EnumerateArray()
                .ToDictionary(
                    f => f.GetProperty("name").GetString()!,
                    f => (f.GetProperty("mood").GetString()!, f.GetProperty("text").GetString()!),
                    StringComparer.Ordinal
                ),
            result.Output + result.Error
        );
    }

    /// <summary>Knows no token and no key.</summary>
    private static async Task<WebApplication> RefusingUpstreamAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var upstream = builder.Build();
        upstream.MapGet("/v1/models", () => Results.Json(new { error = new { message = "bad key" } }, statusCode: 401));
        upstream.MapFallback(() =>
            Results.Json(
                new
                {
                    ok = false,
                    error_code = 401,
                    description = "Unauthorized",
                },
                statusCode: 401
            )
        );
        await upstream.StartAsync(Ct);
        return upstream;
    }
}
