using System.Security.Cryptography;
using CliWrap;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.Support;

/// <summary>A Redis-compatible server of a test's own: an installed Redis or Valkey.</summary>
internal sealed class TestRedis : IAsyncDisposable
{
    private readonly IRunningServer server;
    private readonly string folder;

    private TestRedis(IRunningServer server, string folder, string password)
    {
        this.server = server;
        this.folder = folder;
        ConnectionString = $"{server.Host}:{server.Port},password={password},abortConnect=false";
    }

    public string ConnectionString { get; }

    public string Source => server.Source;

    public static async Task<TestRedis> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("yto-test-redis-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Started by root, servers run as another account, which has to enter.
            File.SetUnixFileMode(
                folder,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherRead
                    | UnixFileMode.OtherExecute
            );
        }

        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        return new TestRedis(await RedisServer.StartAsync(folder, password, TestContext.Current.CancellationToken), folder, password);
    }

    /// <summary>Stops the process without ending it: connections stay open and nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await ThawAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Thaws even when the test was cancelled.
    private async Task SignalAsync(string signal) =>
        await Cli.Wrap("kill")
            .WithArguments(["-" + signal, server.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(CancellationToken.None);
}
