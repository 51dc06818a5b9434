using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.AppHost.LocalRuntime.Dashboard;
using YtOptimizer.AppHost.LocalRuntime.Publishing;
using YtOptimizer.AppHost.LocalRuntime.Running;
using YtOptimizer.AppHost.LocalRuntime.Testing;

namespace Aspire.Hosting;

/// <summary>The built application: starts and stops everything in the model, or writes its manifest.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TestingScope? _testing;
    private readonly RuntimeOptions _runtime;
    private IAsyncDisposable? _dashboard;
    private bool _disposed;

    internal DistributedApplication(IHost host, TestingScope? testing)
    {
        (_host, _testing) = (host, testing);
        _runtime = Services.GetRequiredService<RuntimeOptions>();
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        var testing = TestingScope.Current;
        return new DistributedApplicationBuilder(testing?.Adapt(options) ?? options, testing);
    }

#pragma warning disable MA0045, VSTHRD002 // The synchronous form is Aspire's; it runs at the end of a console program.
    public void Run() => RunAsync().GetAwaiter().GetResult();

    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
#pragma warning restore MA0045, VSTHRD002

    /// <summary>Runs until Ctrl-C, a signal, or a failure that only the reader of its message can mend; then the exit code is 1.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        _testing?.StopEntryPoint();
        try
        {
            if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
            {
                await ManifestPublisher.PublishAsync(Services, cancellationToken);
                return;
            }

            await using var console = ConsoleReporter.Attach(this);
            using var signals = new ShutdownSignals(Services);
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
            if (Services.GetRequiredService<Orchestrator>().FatalError is { } error)
            {
                throw new DistributedApplicationException(error);
            }
        }
        catch (DistributedApplicationException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            Environment.ExitCode = 1;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _host.StartAsync(cancellationToken);
        if (!_runtime.DisableDashboard)
        {
            _dashboard = await DashboardHost.StartAsync(this, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await StopDashboardAsync();
        await _host.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        _runtime.DeleteTemporaryData();
        GC.SuppressFinalize(this);
    }

    private async Task StopDashboardAsync()
    {
        if (Interlocked.Exchange(ref _dashboard, null) is { } dashboard)
        {
            await dashboard.DisposeAsync();
        }
    }
}
