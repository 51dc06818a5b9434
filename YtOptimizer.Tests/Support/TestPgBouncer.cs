using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace YtOptimizer.Tests.Support;

/// <summary>PgBouncer in transaction mode before a test database, with far fewer server connections than clients have.</summary>
internal sealed class TestPgBouncer : IAsyncDisposable
{
    public const int ServerConnections = 4;
    private readonly Process process;
    private readonly string folder;

    private TestPgBouncer(Process process, string folder, string connectionString)
    {
        this.process = process;
        this.folder = folder;
        ConnectionString = connectionString;
    }

    /// <summary>Through the pooler, marked as such.</summary>
    public string ConnectionString { get; }

    /// <summary>Null where PgBouncer is not installed.</summary>
    public static string? Program =>
        ((string[])[.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"])
            .Select(folder => Path.Combine(folder, "pgbouncer"))
            .FirstOrDefault(File.Exists);

    public static async Task<TestPgBouncer> StartAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var folder = Directory.CreateTempSubdirectory("yto-pgbouncer-").FullName;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var settings = Path.Combine(folder, "pgbouncer.ini");
        var target = $"host={server.Host} port={server.Port} dbname={server.Database}";
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            {server.Database} = {target} user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {ServerConnections}
            max_client_conn = 200
            """,
            TestContext.Current.CancellationToken
        );

        // It refuses to run as root, and must read its file as whom it runs.
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(settings, (UnixFileMode)0x1A4);
        string[] arguments = Environment.IsPrivilegedProcess ? ["-u", "nobody", settings] : [settings];
        var output = new ConcurrentQueue<string?>();
        var process = Process.Start(
            new ProcessStartInfo(Program!, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var pooled = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Port = port,
            NoResetOnClose = true,
            MaxPoolSize = 20,
        }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(pooled) { Pooling = false });
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(process.HasExited, "PgBouncer ended: " + string.Join('\n', output));
                try
                {
                    await using var command = source.CreateCommand("SELECT 1");
                    await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "PgBouncer answers"
        );
        return new TestPgBouncer(process, folder, pooled);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
