using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>Writes a job's progress in order, beside the work; when the database is slow, intermediate steps are dropped.</summary>
internal sealed partial class ProgressWriter : IProgress<JobProgress>, IAsyncDisposable
{
    private readonly Channel<JobProgress> reports = Channel.CreateBounded<JobProgress>(
        new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );
    private readonly JobLeases leases;
    private readonly JobLease lease;
    private readonly ILogger logger;
    private readonly CancellationToken stopping;
    private Task? writing;

    public ProgressWriter(JobLeases leases, JobLease lease, ILogger logger, CancellationToken stopping)
    {
        this.leases = leases;
        this.lease = lease;
        this.logger = logger;
        this.stopping = stopping;
    }

    public void Report(JobProgress value)
    {
        reports.Writer.TryWrite(value);
        // Jobs that report nothing cost nothing.
        writing ??= Task.Run(WriteAsync, CancellationToken.None);
    }

    /// <summary>Waits until what was reported is written.</summary>
    public async Task FlushAsync()
    {
        reports.Writer.TryComplete();
        await (writing ?? Task.CompletedTask);
    }

    public ValueTask DisposeAsync() => new(FlushAsync());

    private async Task WriteAsync()
    {
        await foreach (var report in reports.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (!stopping.IsCancellationRequested)
                {
                    await leases.ReportAsync(lease, report, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The job was stopped: its progress is no longer shown.
            }
            catch (Exception exception)
            {
                Log.NotWritten(logger, lease.JobId, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Progress of job {JobId} was not written ({Reason}); the next step will be.")]
        public static partial void NotWritten(ILogger logger, Guid jobId, string reason);
    }
}
