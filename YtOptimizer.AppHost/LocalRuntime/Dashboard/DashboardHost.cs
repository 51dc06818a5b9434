using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.LocalRuntime.Running;

namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>Serves the page with resources, logs and commands on loopback.</summary>
internal static class DashboardHost
{
    /// <summary>Starts the dashboard of <paramref name="application"/> and prints its one-time link. Disposing the result stops it.</summary>
    public static async Task<IAsyncDisposable?> StartAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        var services = application.Services;
        var runtime = services.GetRequiredService<RuntimeOptions>();
        return await DashboardServer.StartAsync(
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<ResourceLoggerService>(),
            services.GetRequiredService<ResourceCommandService>(),
            runtime.RandomizePorts ? null : services.GetRequiredService<IConfiguration>().GetValue("YTO_DASHBOARD_PORT", DashboardServer.DefaultPort),
            link => Console.Out.WriteLine($"Dashboard: {link}  (this link works once)"),
            cancellationToken);
    }
}
