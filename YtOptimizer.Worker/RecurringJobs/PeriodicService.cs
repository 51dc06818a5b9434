using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Worker.RecurringJobs;

/// <summary>Does a chore again and again; a failed turn is logged and the next one comes.</summary>
/// <param name="every">Time between two turns.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
/// <param name="due">When given, a turn also comes as soon as this is set.</param>
internal abstract partial class PeriodicService(TimeSpan every, TimeProvider time, ILogger logger, Signal? due = null) : BackgroundService
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
        } while (await (due is null ? NextAsync(timer, stoppingToken) : NextAsync(due, stoppingToken)));
    }

    protected abstract Task RunOnceAsync(CancellationToken ct);

    private async Task<bool> NextAsync(Signal signal, CancellationToken ct)
    {
        try
        {
            await signal.WaitAsync(every, ct);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

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
