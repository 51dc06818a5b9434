using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Core.RecurringJobs;

/// <summary>The one loop behind everything periodic.</summary>
/// <param name="job">What is repeated.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log of the job.</param>
public partial class RecurringJobHost(IRecurringJob job, TimeProvider time, ILogger logger) : BackgroundService
{
    private bool failedBefore;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = job.Due is null && job.Interval != Timeout.InfiniteTimeSpan ? new PeriodicTimer(job.Interval, time) : null;
        try
        {
            if (job.RunsAtStart)
            {
                await RunOnceAsync(stoppingToken);
            }

            while (await IsNextAsync(timer, stoppingToken))
            {
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            await job.FinishAsync();
        }
    }

    private async Task RunOnceAsync(CancellationToken ct)
    {
        try
        {
            await job.RunAsync(ct);
            failedBefore = false;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            if (!failedBefore)
            {
                Log.Failed(logger, job.GetType().Name, exception.Message, exception);
            }

            failedBefore = true;
        }
    }

    private async ValueTask<bool> IsNextAsync(PeriodicTimer? timer, CancellationToken ct)
    {
        if (timer is not null)
        {
            return await timer.WaitForNextTickAsync(ct);
        }

        if (job.Due is { } due)
        {
            await due.WaitAsync(job.Interval, ct);
            return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Job} failed: {Reason} It is tried again; further failures in a row are not logged.")]
        public static partial void Failed(ILogger logger, string job, string reason, Exception exception);
    }
}
