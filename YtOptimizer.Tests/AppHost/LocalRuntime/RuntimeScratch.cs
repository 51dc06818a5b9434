using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>Models whose processes are shell commands: quick to start, easy to make crash.</summary>
internal static class RuntimeScratch
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A project that runs a shell script. <c>exec sleep 600</c> is one that stays up and ends on SIGTERM.</summary>
    public static IResourceBuilder<ProjectResource> AddScript<TProject>(this IDistributedApplicationBuilder builder, string name, string script)
        where TProject : IProjectMetadata, new()
        => builder.AddProject<TProject>(name).WithAnnotation(new LaunchCommandAnnotation("/bin/sh", ["-c", script, "sh"]));

    public static IResourceBuilder<ProjectResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script)
        => builder.AddScript<Plain>(name, script);

    /// <summary>Waits until the output of a resource has a line with that text.</summary>
    public static async Task<string> LineAsync(this DistributedApplication application, string resource, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Eventually.DefaultDeadline);
        var seen = new List<string>();
        try
        {
            await foreach (var batch in application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(limit.Token))
            {
                foreach (var line in batch)
                {
                    seen.Add(line.Content);
                    if (line.Content.Contains(text, StringComparison.Ordinal))
                    {
                        return line.Content;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            // Reported below with what there was.
        }

        throw new InvalidOperationException($"'{resource}' never wrote '{text}', only:\n{string.Join('\n', seen)}");
    }

    public static async Task<ResourceEvent> StateAsync(this DistributedApplication application, string id, Func<CustomResourceSnapshot, bool> condition)
        => await Eventually.ValueAsync(
            () => Task.FromResult(application.ResourceNotifications.TryGetCurrentState(id, out var current) && condition(current.Snapshot) ? current : null),
            $"the expected state of {id}; it is {(application.ResourceNotifications.TryGetCurrentState(id, out var now) ? now.Snapshot.State : null)}");

    public static int ProcessId(this ResourceEvent current)
        => (int)current.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value!;

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A project without launch settings.</summary>
    internal sealed class Plain : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(AppContext.BaseDirectory, "Plain.csproj");
    }

    /// <summary>A web project with a launch profile.</summary>
    internal sealed class Web : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(AppContext.BaseDirectory, "Web.csproj");

        public LaunchSettings? LaunchSettings { get; } = new()
        {
            Profiles =
            {
                ["http"] = new LaunchProfile
                {
                    CommandName = "Project",
                    ApplicationUrl = "http://localhost:5080",
                    EnvironmentVariables = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
                },
            },
        };
    }

    /// <summary>A project whose program was never built.</summary>
    internal sealed class Unbuilt : IProjectMetadata, IBuiltProject
    {
        public string ProjectPath { get; } = Path.Combine(AppContext.BaseDirectory, "Unbuilt.csproj");

        public string TargetPath { get; } = Path.Combine(AppContext.BaseDirectory, "no-such-folder", "Unbuilt.dll");
    }

    /// <summary>A server that is nothing but a port and a switch.</summary>
    internal sealed class FakeServer : IRunningServer
    {
        private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Healthy { get; set; } = true;

        public int Port { get; init; } = 6379;

        public string Host => "127.0.0.1";

        public int ProcessId => Environment.ProcessId;

        public string Source => "a fake";

        public Task<int> Exited => _exited.Task;

        public void Crash() => _exited.TrySetResult(137);

        public Task<bool> IsHealthyAsync(CancellationToken cancellationToken) => Task.FromResult(Healthy);

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _exited.TrySetResult(0);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
