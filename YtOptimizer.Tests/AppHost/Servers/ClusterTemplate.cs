using CliWrap;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>One stopped cluster that the tests copy: initdb takes longer than everything else.</summary>
public sealed class ClusterTemplate : IAsyncLifetime
{
    private readonly ServerScratch _scratch = new();

    public async ValueTask InitializeAsync()
    {
        await using var server = await _scratch.StartPostgresAsync(ServerSource.Installed);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies the cluster with owners and modes; on Windows the server makes its own.</summary>
    internal async Task CopyToAsync(ServerScratch target)
    {
        if (!OperatingSystem.IsWindows())
        {
            await Cli.Wrap("cp")
                .WithArguments(["-a", .. Directory.GetDirectories(_scratch.Folder), target.Folder])
                .ExecuteAsync(ServerScratch.Token);
        }
    }
}
