using System.Diagnostics;
using System.Globalization;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Tests.AppHost.Servers;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.RunningApplication;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The AppHost as a process of its own, to see what is left of it.</summary>
public sealed class AppHostProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly string _data = DataFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Killed_LeavesNothingAndTheNextStartRecovers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var first = Start();
        var server = await ServerAsync(other: 0);
        Assert.NotNull(LocalApplication.Find(_data, AppContext.BaseDirectory));

        first.Kill();

        await Eventually.TrueAsync(() => Task.FromResult(!ServerScratch.IsAlive(server)), "the orchestrator takes the server along", Limit);
        Assert.Null(LocalApplication.Find(_data, AppContext.BaseDirectory));

        using var second = Start();
        var next = await ServerAsync(server);
        UnixNative.Signal(second.Id, UnixNative.SigTerm);
        await second.WaitForExitAsync(Token).WaitAsync(Limit, Token);
        await Eventually.TrueAsync(() => Task.FromResult(!ServerScratch.IsAlive(next)), "the server ends with its application", Limit);
        Assert.Null(PostmasterPid.Read(Path.Combine(Assert.Single(Directory.GetDirectories(_data, "pg*")), "data")));
    }

    [Fact]
    public async Task Start_ServersNobodyKnows_EndsWithASentence()
    {
        using var process = Start("--Servers=docker");

        var errors = await process.StandardError.ReadToEndAsync(Token).WaitAsync(Limit, Token);

        await process.WaitForExitAsync(Token);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("Servers=docker is not known", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HomeThatCannotBeWritten_EndsWithASentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "HOME is Unix.");

        // Not even root writes there.
        using var process = Start(start => start.Environment["HOME"] = "/proc/1", "--Servers=local");

        var errors = await process.StandardError.ReadToEndAsync(Token).WaitAsync(Limit, Token);

        await process.WaitForExitAsync(Token);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("cannot write to the home folder '/proc/1'", errors, StringComparison.Ordinal);
    }

    private Process Start(params string[] arguments) => Start(_ => { }, arguments);

    private Process Start(Action<ProcessStartInfo> change, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.YtOptimizer_AppHost).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"])
        {
            start.Environment[name] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{LoopbackPorts.FindFree()}");
        }

        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment[LocalApplication.DataVariable] = _data;
        change(start);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        if (arguments.Length == 0)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
        }

        return process;
    }

    /// <summary>The database server's process, another one than before, as soon as it is ready.</summary>
    private async Task<int> ServerAsync(int other)
    {
        var found = 0;
        await Eventually.TrueAsync(
            () =>
            {
                var ready = Directory
                    .GetDirectories(_data, "pg*")
                    .Select(home => PostmasterPid.Read(Path.Combine(home, "data")))
                    .FirstOrDefault(pid => pid is { IsReady: true });
                found = ready?.ProcessId ?? 0;
                return Task.FromResult(found != 0 && found != other);
            },
            "the server runs",
            Limit
        );
        return found;
    }
}
