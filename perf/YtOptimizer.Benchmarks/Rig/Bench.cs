using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Core.Migrations;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>A caller of the API.</summary>
internal sealed record Caller(Guid Id, string Email, string Token, string RefreshToken);

/// <summary>A PostgreSQL of its own (fsync on) with databases for the measurements, and the processes over it. Gone with the
/// program.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Password = "tangerine-Ladder-41";

    private static readonly string[] ServerSettings =
    [
        "-c",
        "fsync=on",
        "-c",
        "synchronous_commit=on",
        "-c",
        "shared_buffers=256MB",
        "-c",
        "max_wal_size=2GB",
        "-c",
        "max_connections=200",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("yto-bench-").FullName;
    private readonly string password = RandomNumberGenerator.GetHexString(32);
    private readonly List<IAsyncDisposable> started = [];
    private IRunningServer server = null!;
    private int databases;

    private Bench(Settings settings, Report report) => (Settings, Report) = (settings, report);

    public Settings Settings { get; }

    public Report Report { get; }

    public string Host => server.Host;

    public int Port => server.Port;

    public string ServerPassword => password;

    public static string Root { get; } = FindRoot();

    public static async Task<Bench> StartAsync(Settings settings, Report report)
    {
        var bench = new Bench(settings, report);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(bench.folder, (UnixFileMode)0x1FF);
        }

        bench.server = await PostgresServer.StartAsync(
            new ServerOptions(bench.folder, null, bench.password, ServerSettings),
            new Progress<string>(),
            _ => { },
            CancellationToken.None
        );
        report.Note($"PostgreSQL {bench.server.Source}: {string.Join(' ', ServerSettings.Where(setting => setting != "-c"))}");
        return bench;
    }

    /// <summary>A new database with the schema; its connection string.</summary>
    public async Task<string> NewDatabaseAsync(bool migrate = true)
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
            Pooling = false,
        };
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++databases}");
        await using (var administration = new NpgsqlConnection(address.ConnectionString))
        {
            await administration.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", administration);
            await create.ExecuteNonQueryAsync();
        }

        var connectionString = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Database = name,
            Pooling = true,
        }.ConnectionString;
        if (migrate)
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await Migrator.PushAsync(source, Path.Combine(Root, "supabase"), CancellationToken.None);
        }

        return connectionString;
    }

    public static async Task ExecuteAsync(string connectionString, string sql, int timeoutSeconds = 600)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = timeoutSeconds;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The API over this database; ready when it returns.</summary>
    public async Task<ServerProcess> StartApiAsync(string connectionString, params (string Name, string Value)[] more)
    {
        var api = ServerProcess.StartApi(connectionString, more);
        started.Add(api);
        await api.ReadyAsync("/health/readiness");
        return api;
    }

    public async Task<ServerProcess> StartReferenceAsync(string connectionString)
    {
        var reference = ServerProcess.StartReference(connectionString);
        started.Add(reference);
        await reference.ReadyAsync("/bare");
        return reference;
    }

    public static async Task<Caller> RegisterAsync(Uri api)
    {
        using var client = new HttpClient { BaseAddress = api };
        var email = $"bench-{Guid.CreateVersion7():N}@example.com";
        using var response = await RegisterAsync(client, email);
        var body = JsonSerializer.Deserialize<JsonElement>(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return new Caller(
            body.GetProperty("user").GetProperty("id").GetGuid(),
            email,
            body.GetProperty("accessToken").GetString()!,
            body.GetProperty("refreshToken").GetString()!
        );
    }

    /// <summary>Passwords are hashed a few at a time: who is told to come back does.</summary>
    private static async Task<HttpResponseMessage> RegisterAsync(HttpClient client, string email)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = Password });
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 30)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            await process.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "YtOptimizer.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? Environment.CurrentDirectory;
    }
}
