using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

/// <summary>
/// Completes jobs without effects of their own. Those that end while a commit is under way share the next one: each is durable
/// before its slot is free, none waits for a timer.
/// </summary>
internal sealed partial class CompletionBatch(JobLeases leases, TimeProvider time, ILogger<CompletionBatch> logger) : BackgroundService
{
    private const int MostPerCommit = 500;

    private readonly Channel<(JobLease Lease, TaskCompletionSource<bool> Done)> ended = Channel.CreateUnbounded<(
        JobLease,
        TaskCompletionSource<bool>
    )>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>True when the job is completed; false when it was no longer held.</summary>
    public Task<bool> CompleteAsync(JobLease lease)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return ended.Writer.TryWrite((lease, done))
            ? done.Task
            : Task.FromException<bool>(new InvalidOperationException("The worker has stopped."));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Runs until the process ends: jobs complete during the grace, after the stop was asked for.
        _ = stoppingToken;
        var batch = new List<(JobLease Lease, TaskCompletionSource<bool> Done)>();
        while (await ended.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MostPerCommit && ended.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            await CommitAsync(batch);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        ended.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    private async Task CommitAsync(List<(JobLease Lease, TaskCompletionSource<bool> Done)> batch)
    {
        try
        {
            var completed = await OutageRetry.RunAsync(
                ct => leases.CompleteManyAsync([.. batch.Select(item => item.Lease)], ct),
                time,
                exception => Log.Retrying(logger, batch.Count, exception.Message)
            );
            var held = completed.ToHashSet();
            batch.ForEach(item => item.Done.TrySetResult(held.Contains(item.Lease.JobId)));
        }
        catch (Exception exception)
        {
            batch.ForEach(item => item.Done.TrySetException(exception));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database did not take {Count} completions ({Reason}); trying again.")]
        public static partial void Retrying(ILogger logger, int count, string reason);
    }
}
