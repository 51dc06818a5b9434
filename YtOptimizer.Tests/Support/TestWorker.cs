using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using YtOptimizer.Core.Jobs;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Worker;
using YtOptimizer.Worker.Handlers;
using YtOptimizer.Worker.Queue;

namespace YtOptimizer.Tests.Support;

/// <summary>A whole worker in the test's process: pump, leases, listener, schedules. Its jobs of type <c>test</c> do what the test
/// says.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly IHost host;

    private TestWorker(IHost host) => this.host = host;

    public RunningJobs Running => host.Services.GetRequiredService<RunningJobs>();

    public JobListener Listener => host.Services.GetRequiredService<JobListener>();

    public IServiceProvider Services => host.Services;

    /// <param name="database">The database.</param>
    /// <param name="run">What jobs of type <c>test</c> do; null keeps the product's handlers alone.</param>
    /// <param name="direct">The connection for LISTEN, when it is to differ.</param>
    /// <param name="settings">Configuration.</param>
    public static async Task<TestWorker> StartAsync(
        TestDatabase database,
        Func<ClaimedJob, IProgress<JobProgress>, CancellationToken, Task<JobResult>>? run = null,
        NpgsqlDataSource? direct = null,
        params (string Key, string Value)[] settings
    )
    {
        var builder = QueueRig.Builder(database, settings);
        if (direct is not null)
        {
            builder.Services.RemoveAllKeyed<NpgsqlDataSource>(ResourceNames.DatabaseDirect);
            builder.Services.AddKeyedSingleton(ResourceNames.DatabaseDirect, direct);
        }

        WorkerSetup.AddJobQueue(builder.Services);
        if (run is not null)
        {
            builder.Services.AddSingleton<IJobHandler>(new Scripted(run));
        }

        var worker = new TestWorker(builder.Build());
        await worker.host.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    /// <summary>Stops in order, as at SIGTERM.</summary>
    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private sealed class Scripted(Func<ClaimedJob, IProgress<JobProgress>, CancellationToken, Task<JobResult>> run) : IJobHandler
    {
        public IReadOnlyCollection<string> JobTypes { get; } = ["test"];

        public Task<JobResult> RunAsync(ClaimedJob job, IProgress<JobProgress> progress, CancellationToken ct) => run(job, progress, ct);
    }
}
