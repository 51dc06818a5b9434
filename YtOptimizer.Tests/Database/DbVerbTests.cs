using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary><c>db …</c> as a process: what it prints, and how it ends.</summary>
public class DbVerbTests
{
    private static readonly Dictionary<string, string> Development = new(StringComparer.Ordinal) { ["DOTNET_ENVIRONMENT"] = "Development" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_KilledMidWay_NextStartCompletes()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        database.Add("20260101000002_slow", "CREATE TABLE b (id int); SELECT pg_sleep(120); CREATE TABLE c (id int)");
        using (var process = WorkerProcess.Start(database.ConnectionString, null, "db", "push", "--dir", database.Folder))
        {
            await Eventually.TrueAsync(
                async () =>
                    await database.ScalarAsync<long>(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'",
                        Ct
                    ) > 0,
                "the second migration runs"
            );
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Ct);
        }

        // The server notices a vanished client when it next writes to it; an operator may end the statement, as here.
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'",
            Ct
        );
        Assert.Equal(
            "20260101000001",
            await database.ScalarAsync<string>("SELECT string_agg(version, ',') FROM supabase_migrations.schema_migrations", Ct)
        );

        database.Add("20260101000002_slow", "CREATE TABLE b (id int); CREATE TABLE c (id int)");
        var again = await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "push", "--dir", database.Folder);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("applied 20260101000002_slow.sql", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_PendingAndApplied_AreListed()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int)");
        await database.PushAsync(Ct);
        database.Add("20260101000002_second", "CREATE TABLE b (id int)");
        var plain = await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "status", "--dir", database.Folder);
        Assert.Equal(0, plain.ExitCode);
        Assert.Matches("20260101000001.*first.*applied", plain.Output);
        Assert.Matches("20260101000002.*second.*pending", plain.Output);
        Assert.Equal(
            2,
            (await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "status", "--check", "--dir", database.Folder)).ExitCode
        );
    }

    [Fact]
    public async Task Reset_GuardsTheData()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE SCHEMA other; CREATE TABLE other.a (id int); CREATE TABLE b (id int)");
        await database.PushAsync(Ct);

        var refused = await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "reset");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"db reset --yes-destroy {database.Name}", refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(
            1,
            (await WorkerProcess.RunAsync(database.ConnectionString, Development, "db", "reset", "--yes-destroy", "another")).ExitCode
        );
        Assert.NotNull(await database.ScalarAsync<object>("SELECT 1 WHERE to_regclass('other.a') IS NOT NULL", Ct));

        Assert.Equal(
            0,
            (await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "reset", "--yes-destroy", database.Name)).ExitCode
        );
        Assert.Null(
            await database.ScalarAsync<object>("SELECT 1 WHERE to_regclass('other.a') IS NOT NULL OR to_regclass('b') IS NOT NULL", Ct)
        );
        Assert.Single(await database.PushAsync(Ct));
        Assert.Equal(0, (await WorkerProcess.RunAsync(database.ConnectionString, Development, "db", "reset")).ExitCode);
    }

    [Fact]
    public async Task New_CreatesTheNextFile()
    {
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("29990101000001_future", "SELECT 1");
        var created = await WorkerProcess.RunAsync(
            database.ConnectionString,
            null,
            "db",
            "new",
            "Add video language!",
            "--dir",
            database.Folder
        );
        Assert.Equal(0, created.ExitCode);
        Assert.EndsWith("29990101000002_add_video_language.sql", created.Output.ReplaceLineEndings("").Trim(), StringComparison.Ordinal);
        Assert.Equal(2, (await MigrationFile.LoadAsync(database.Folder, Ct)).Count);
    }

    [Fact]
    public async Task Pull_WritesASchemaThatRestores()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pg_dump") || Directory.Exists("/usr/lib/postgresql"), "pg_dump is not installed");
        await using var database = await EmptyDatabase.CreateAsync(Ct);
        database.Add("20260101000001_first", "CREATE TABLE a (id int PRIMARY KEY, t text NOT NULL DEFAULT 'x')");
        await database.PushAsync(Ct);
        var dump = await WorkerProcess.RunAsync(database.ConnectionString, null, "db", "pull");
        Assert.Equal((0, ""), (dump.ExitCode, dump.Error));
        Assert.Contains("CREATE TABLE public.a", dump.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyVerb_UnreachableDatabase_SaysSoAndEnds()
    {
        var result = await WorkerProcess.RunAsync(
            "Host=127.0.0.1;Port=1;Username=nobody;Password=not-shown;Database=x",
            null,
            "db",
            "status"
        );
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Failed to connect to database", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-shown", result.Error + result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyVerb_NoDatabase_NamesTheVariable()
    {
        var result = await WorkerProcess.RunAsync("", null, "db", "push");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Missing required environment variable DATABASE_URL", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingConfigured_NamesTheVariableAndEndsWithOne()
    {
        var result = await WorkerProcess.RunAsync("", null);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Missing required environment variable DATABASE_URL", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_ListsTheVerbs()
    {
        var result = await WorkerProcess.RunAsync("", null, "db", "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.All(["status", "push", "new", "pull", "repair", "reset"], verb =>
            Assert.Contains(verb, result.Output, StringComparison.Ordinal)
        );
        Assert.Equal(1, (await WorkerProcess.RunAsync("", null, "db", "frobnicate")).ExitCode);
    }
}
