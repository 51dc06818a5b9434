using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using CliWrap;
using CliWrap.Buffered;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The real application under Aspire's orchestrator, with a data folder of its own.</summary>
internal static class RunningApplication
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A folder that the database server's account can enter.</summary>
    public static string DataFolder()
    {
        var folder = Directory.CreateTempSubdirectory("yto-app-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        return folder;
    }

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(string dataFolder, params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>([$"--YTO_DATA_DIR={dataFolder}", .. args], Token);

    /// <summary>The key of the dashboard in tests. Given, because a generated one goes through the user secrets, which applications that
    /// start at the same time write anew.</summary>
    public const string DashboardKey = "not-a-secret-dashboard-key-of-the-tests";

    /// <summary>With a dashboard on ports of its own: those of the launch profile may be another application's.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateWithDashboardAsync(string dataFolder, params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = true },
            [
                $"--YTO_DATA_DIR={dataFolder}",
                $"--AppHost:DashboardApiKey={DashboardKey}",
                $"--AppHost:OtlpApiKey={DashboardKey}",
                $"--ASPNETCORE_URLS=http://localhost:{LoopbackPorts.FindFree()}",
                $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:{LoopbackPorts.FindFree()}",
                $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{LoopbackPorts.FindFree()}",
                .. args,
            ],
            Token
        );

    /// <summary>Leaves resources out, by name, before the application is built: what a test does not need takes seconds to start.</summary>
    public static void Remove(this IDistributedApplicationTestingBuilder builder, params string[] names)
    {
        foreach (var resource in builder.Resources.Where(r => names.Contains(r.Name, StringComparer.Ordinal)).ToList())
        {
            builder.Resources.Remove(resource);
        }
    }

    /// <summary>Waits until the log of a resource has a line with that text.</summary>
    public static async Task<string> LineAsync(this DistributedApplication application, string resource, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Eventually.DefaultDeadline);
        var seen = new List<string>();
        try
        {
            var model = application.Services.GetRequiredService<DistributedApplicationModel>();
            var log = application
                .Services.GetRequiredService<ResourceLoggerService>()
                .WatchAsync(model.Resources.Single(r => r.Name == resource));
            await foreach (var batch in log.WithCancellation(limit.Token))
            {
                seen.AddRange(batch.Select(line => line.Content));
                if (seen.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            // Reported below with what there was.
        }

        throw new InvalidOperationException($"'{resource}' never wrote '{text}', only:\n{string.Join('\n', seen)}");
    }

    /// <summary>Waits for a state of a resource, of any of its instances.</summary>
    public static async Task<ResourceEvent> StateAsync(
        this DistributedApplication application,
        string name,
        Func<ResourceEvent, bool> condition,
        TimeSpan? deadline = null
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(deadline ?? Eventually.DefaultDeadline);
        var last = "none";
        try
        {
            return await application.ResourceNotifications.WaitForResourceAsync(
                name,
                change =>
                {
                    last = $"{change.Snapshot.State?.Text}, {change.Snapshot.HealthStatus}";
                    return condition(change);
                },
                limit.Token
            );
        }
        catch (OperationCanceledException exception) when (!Token.IsCancellationRequested)
        {
            throw new InvalidOperationException($"'{name}' never came to the expected state; the last was: {last}", exception);
        }
    }

    /// <summary>The instances of a resource as they are now.</summary>
    public static async Task<List<ResourceEvent>> InstancesAsync(this DistributedApplication application, string name, int count = 1)
    {
        var found = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
        await application.StateAsync(name, change =>
        {
            found[change.ResourceId] = change;
            return found.Count == count;
        });
        return [.. found.Values];
    }

    /// <summary>The process that the orchestrator started; of a project it is <c>dotnet run</c>, whose child is the program.</summary>
    public static int? ProcessId(this ResourceEvent current) =>
        current.Snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Children of a process.</summary>
    public static async Task<int[]> ChildrenAsync(int processId)
    {
        var ps = await Cli.Wrap("ps")
            .WithArguments(["-o", "pid=", "--ppid", processId.ToString(CultureInfo.InvariantCulture)])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        return
        [
            .. ps
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
