using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Worker.Schedules;

/// <summary>Does a chore again and again; a failed turn is logged and the next one comes.</summary>
internal abstract partial class PeriodicService(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    private bool failedBefore;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                failedBefore = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failedBefore)
                {
                    Log.Failed(logger, GetType().Name, exception.Message, exception);
                }

                failedBefore = true;
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    protected abstract Task RunOnceAsync(CancellationToken ct);

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Chore} failed: {Reason} It is tried again; further failures in a row are not logged.")]
        public static partial void Failed(ILogger logger, string chore, string reason, Exception exception);
    }
}
