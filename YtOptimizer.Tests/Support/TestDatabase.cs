using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Tests.Support;

/// <summary>A database of its own for a test class, cloned from a template that has all migrations.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static string? serverConnectionString;
    private readonly string name;

    private TestDatabase(string name, string connectionString)
    {
        this.name = name;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
        DbSetup.AddDb(new Microsoft.Extensions.DependencyInjection.ServiceCollection());
        Db = new Db(DataSource);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    public Db Db { get; }

    public static async Task<TestDatabase> CreateAsync(CancellationToken ct)
    {
        var server = await ServerAsync(ct);
        var name = $"yto_{Guid.CreateVersion7():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE yto_template", ct);
        return new TestDatabase(name, new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30 }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ExecuteAsync(serverConnectionString!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<string> ServerAsync(CancellationToken ct)
    {
        await Gate.WaitAsync(ct);
        try
        {
            if (serverConnectionString is null)
            {
                var started = Environment.GetEnvironmentVariable("YTO_TEST_POSTGRES") ?? await StartAsync(ct);
                await ExecuteAsync(started, "DROP DATABASE IF EXISTS yto_template", ct);
                await ExecuteAsync(started, "CREATE DATABASE yto_template", ct);
                await using (var template = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(started) { Database = "yto_template", Pooling = false }.ConnectionString))
                {
                    await Migrator.PushAsync(template, Repository.PathOf("supabase"), ct);
                }

                serverConnectionString = started;
            }

            return serverConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<string> StartAsync(CancellationToken ct)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"yto-test-pg-{Environment.ProcessId}");
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1FF);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await RunAsync("initdb", $"-D {directory}/data -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync", wait: true, ct);
        await RunAsync("postgres", $"-D {directory}/data -p {port} -h 127.0.0.1 -k '' -c fsync=off -c synchronous_commit=off -c max_connections=300 -c shared_preload_libraries=pg_stat_statements", wait: false, ct);
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true";
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await ExecuteAsync(connectionString, "SELECT 1", ct);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }, "PostgreSQL answers", TimeSpan.FromSeconds(30));
        return connectionString;
    }

    private static async Task RunAsync(string program, string arguments, bool wait, CancellationToken ct)
    {
        var command = $"exec {(Environment.UserName == "root" ? "setpriv --reuid=nobody --regid=nogroup --clear-groups --pdeathsig INT " : "")}{program} {arguments} >/dev/null 2>&1";
        var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]))!;
        if (wait)
        {
            await process.WaitForExitAsync(ct);
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
