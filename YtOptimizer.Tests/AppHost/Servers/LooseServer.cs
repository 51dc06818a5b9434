using System.Diagnostics;
using System.Globalization;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>A PostgreSQL process on given data that no launcher owns.</summary>
internal sealed class LooseServer : IDisposable
{
    private readonly Process _process;

    private LooseServer(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<LooseServer> StartAsync(string data)
    {
        var postgres = (await PostgresSearch.FindAsync(null, [], ServerScratch.Token))[0];
        var user = await UnixUser.ForServerAsync(data, ServerScratch.Token);
        var port = LoopbackPorts.FindFree();
        var start = new ProcessStartInfo(
            postgres.Program("postgres"),
            ["-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off"]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            UserName = user?.Name ?? "",
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await ServerScratch.UntilAsync(() => PostmasterPid.Read(data)?.ProcessId == process.Id, "the loose server owns its data");
        return new LooseServer(process);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
