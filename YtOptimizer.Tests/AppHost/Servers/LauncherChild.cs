using System.Globalization;
using System.Runtime.CompilerServices;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>
/// Turns this test program into a launcher of one server, for tests that kill a launcher: started with YTO_TEST_LAUNCHER set,
/// it starts the server, writes its process id and port to a file and waits to be killed.
/// </summary>
internal static class LauncherChild
{
    public const string Variable = "YTO_TEST_LAUNCHER";

    // Runs before the entry point that xunit generates. Delegates point outside this module: until the initializer
    // returns, other threads cannot enter it.
    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var kind, var data, var password, var report])
        {
            return;
        }

        var options = new ServerOptions(data, null, password, [], null);
        IRunningServer server = string.Equals(kind, "redis", StringComparison.Ordinal)
            ? RedisServer.StartAsync(options, new Progress<string>(), Console.WriteLine, CancellationToken.None).GetAwaiter().GetResult()!
            : PostgresServer.StartAsync(options, new Progress<string>(), Console.WriteLine, CancellationToken.None).GetAwaiter().GetResult();
        File.WriteAllText(report + ".new", string.Create(CultureInfo.InvariantCulture, $"{server.ProcessId} {server.Port}"));
        File.Move(report + ".new", report);
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
