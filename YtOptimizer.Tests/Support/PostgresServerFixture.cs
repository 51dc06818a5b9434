using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support;
using YtOptimizer.Tests.Support.Servers;

[assembly: AssemblyFixture(typeof(PostgresServerFixture))]

namespace YtOptimizer.Tests.Support;

/// <summary>
/// The PostgreSQL server of a test run: <c>YTO_TEST_POSTGRES</c> (a superuser's connection string) if it is set, else one of our own,
/// started at the first use and ended with the run. A killed run leaves no process; its folder goes with the next run.
/// </summary>
public sealed class PostgresServerFixture : IAsyncDisposable
{
    private const string FolderPrefix = "yto-tests-";
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly string Template = string.Create(
        CultureInfo.InvariantCulture,
        $"yto_template_{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}"
    );
    private static IRunningServer? server;
    private static string? folder;
    private static string? connectionString;

    /// <summary>A login of the run with the application's own rights and no more: what API and worker connect as in production.</summary>
    internal static (string Name, string Password) Application { get; } = ($"{Template}_app", RandomNumberGenerator.GetHexString(32));

    /// <summary>The superuser's connection string, with the template in place.</summary>
    internal static async Task<(string ConnectionString, string Template)> GetAsync(CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        try
        {
            if (connectionString is null)
            {
                var started = Environment.GetEnvironmentVariable("YTO_TEST_POSTGRES") is { Length: > 0 } given
                    ? given
                    : await StartAsync(ct);
                await ExecuteAsync(started, $"CREATE DATABASE {Template}", ct);
                var template = new NpgsqlConnectionStringBuilder(started) { Database = Template, Pooling = false };
                await using (var source = NpgsqlDataSource.Create(template))
                {
                    await Migrator.PushAsync(source, Repository.PathOf("supabase"), ct);
                }

                await ExecuteAsync(
                    started,
                    $"CREATE ROLE {Application.Name} LOGIN PASSWORD '{Application.Password}' IN ROLE ytoptimizer_app",
                    ct
                );
                if (StatementLog.RoleSql(Application.Name) is { } log)
                {
                    await ExecuteAsync(started, log, ct);
                }

                connectionString = started;
            }

            return (connectionString, Template);
        }
        finally
        {
            Gate.Release();
        }
    }

    internal static async Task ExecuteAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (connectionString is not null && server is null)
        {
            await ExecuteAsync(connectionString, $"DROP DATABASE IF EXISTS {Template} WITH (FORCE)", CancellationToken.None);
            await ExecuteAsync(connectionString, $"DROP ROLE IF EXISTS {Application.Name}", CancellationToken.None);
        }

        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await server.DisposeAsync();
            StatementLog.Write(folder!, Application.Name);
            Directory.Delete(folder!, recursive: true);
        }
    }

    private static async Task<string> StartAsync(CancellationToken ct)
    {
        SweepFoldersOfKilledRuns();
        folder = Path.Combine(Path.GetTempPath(), FolderPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var password = RandomNumberGenerator.GetHexString(32);

        // Speed over safety: the data lives as long as the run.
        var options = new ServerOptions(
            folder,
            null,
            password,
            [
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=300",
                "-c",
                "shared_preload_libraries=pg_stat_statements",
                .. StatementLog.ServerOptions,
            ]
        );
        server = await PostgresServer.StartAsync(options, new Progress<string>(), _ => { }, ct);
        return new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    private static void SweepFoldersOfKilledRuns()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            try
            {
                if (!int.TryParse(Path.GetFileName(left).AsSpan(FolderPrefix.Length), CultureInfo.InvariantCulture, out var owner))
                {
                    continue;
                }

                using var process = Process.GetProcessById(owner);
            }
            catch (ArgumentException)
            {
                Delete(left);
            }
        }
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another run sweeps it too, or it belongs to another user.
        }
    }
}
