using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
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

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(string dataFolder, params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>([$"--YTO_DATA_DIR={dataFolder}", .. args], Token);

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
            await foreach (var batch in application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(limit.Token))
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

    /// <summary>Waits for a state of a resource, by its name or the id of one instance.</summary>
    public static async Task<ResourceEvent> StateAsync(this DistributedApplication application, string id, Func<CustomResourceSnapshot, bool> condition, TimeSpan? deadline = null)
        => await Eventually.ValueAsync(
            () => Task.FromResult(application.ResourceNotifications.TryGetCurrentState(id, out var current) && condition(current.Snapshot) ? current : null),
            $"the expected state of {id}; it is {(application.ResourceNotifications.TryGetCurrentState(id, out var now) ? now.Snapshot.State : null)}",
            deadline);

    /// <summary>The process that the orchestrator started; of a project it is <c>dotnet run</c>, whose child is the program.</summary>
    public static int ProcessId(this ResourceEvent current)
        => Convert.ToInt32(current.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    /// <summary>Children of a process.</summary>
    public static async Task<int[]> ChildrenAsync(int processId)
    {
        var start = new ProcessStartInfo("ps", ["-o", "pid=", "--ppid", processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var ps = Process.Start(start)!;
        var output = await ps.StandardOutput.ReadToEndAsync(Token);
        await ps.WaitForExitAsync(Token);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
