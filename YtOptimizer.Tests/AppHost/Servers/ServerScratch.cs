using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>A folder for one test's server, with what the server said.</summary>
internal sealed class ServerScratch : IProgress<string>, IDisposable
{
    public const string Password = "dummy-password-for-tests";

    private readonly ConcurrentQueue<string> _lines = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("yto-server-").FullName;

    public string Said => string.Join('\n', _lines);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ServerScratch()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The server's account must be able to enter when the tests run as root.
            File.SetUnixFileMode(Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    public ServerOptions Options(
        ServerSource way = ServerSource.Any,
        int? port = null,
        string password = Password,
        params string[] extra
    ) => new(Folder, port, password, extra, way);

    /// <summary>Speed over safety: these clusters live for one test.</summary>
    public static string[] Unsafe => ["-c", "fsync=off"];

    public Task<IRunningServer> StartPostgresAsync(ServerSource way = ServerSource.Any, int? port = null, string password = Password) =>
        PostgresServer.StartAsync(Options(way, port, password, Unsafe), this, Log, Token);

    public static string ConnectionString(IRunningServer server, string password = Password) =>
        $"Host={server.Host};Port={server.Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Password={password};"
        + $"Database=postgres;Pooling=false";

    public static async Task<object?> QueryAsync(IRunningServer server, string sql, string password = Password)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(server, password));
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static Task UntilAsync(Func<bool> condition, string what) =>
        Eventually.TrueAsync(() => Task.FromResult(condition()), what, TimeSpan.FromSeconds(60));

    public void Report(string value) => _lines.Enqueue(value);

    public void Log(string line) => _lines.Enqueue(line);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
