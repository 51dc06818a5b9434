using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Pump;

/// <summary>
/// Renews all leases of the process in one statement every few seconds, and every second finds jobs that were cancelled or taken over, for
/// when no notification arrives. Also ends the process in order: jobs get the grace, then they are handed back; leases are renewed until
/// then.
/// </summary>
internal sealed partial class LeaseKeeper(
    JobLeases leases,
    RunningJobs running,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<LeaseKeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly JobOptions options = options.Value;
    private readonly CancellationTokenSource finished = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends with StopAsync below, not with the first sign of a stop; that is why it is no recurring job.
        _ = stoppingToken;
        var renewed = time.GetTimestamp();
        var tick = TimeSpan.FromSeconds(Math.Min(Tick.TotalSeconds, options.HeartbeatSeconds));
        using var timer = new PeriodicTimer(tick, time);
        while (await NextAsync(timer))
        {
            var held = running.All.ToArray();
            if (held.Length == 0)
            {
                continue;
            }

            try
            {
                var isDue = time.GetElapsedTime(renewed) + (tick / 2) >= TimeSpan.FromSeconds(options.HeartbeatSeconds);
                JobLease[] mine = [.. held.Select(entry => entry.Job.Lease)];
                var still = (
                    isDue ? await leases.HeartbeatAsync(mine, finished.Token) : await leases.StillHeldAsync(mine, finished.Token)
                ).ToHashSet();
                renewed = isDue ? time.GetTimestamp() : renewed;
                foreach (var lost in held.Where(entry => !still.Contains(entry.Job.Id) && !entry.IsSaving))
                {
                    Log.Lost(logger, lost.Job.Id);
                    lost.Stop(StopReason.LeaseLost);
                }
            }
            catch (OperationCanceledException) when (finished.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The next tick tries again; if it takes too long, other workers take the jobs and the fence keeps ours out.
                Log.NotRenewed(logger, held.Length, exception.Message);
            }
        }
    }

    /// <summary>Lets jobs finish for the grace, hands back the rest, and only then stops renewing.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        Log.Draining(logger, running.Count, options.GraceSeconds);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        var grace = TimeSpan.FromSeconds(options.GraceSeconds);
        var handedBack = false;
        while (running.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            if (!handedBack && time.GetElapsedTime(started) >= grace)
            {
                handedBack = true;
                Log.HandingBack(logger, running.Count);
                foreach (var entry in running.All)
                {
                    entry.Stop(StopReason.Shutdown);
                }
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
            if (handedBack && time.GetElapsedTime(started) >= grace + TimeSpan.FromSeconds(1))
            {
                break;
            }
        }

        await ReleaseRestAsync();
        await finished.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        finished.Dispose();
        base.Dispose();
    }

    // Handlers that do not listen to their token: their jobs go back all the same, the fence keeps what they still do out.
    private async Task ReleaseRestAsync()
    {
        JobLease[] rest = [.. running.All.Where(entry => !entry.IsSaving).Select(entry => entry.Job.Lease)];
        if (rest.Length == 0)
        {
            return;
        }

        try
        {
            await leases.ReleaseAsync(rest, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NotReleased(logger, rest.Length, exception.Message);
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(finished.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Job {JobId} was cancelled or taken over; its work here stops.")]
        public static partial void Lost(ILogger logger, Guid jobId);

        [LoggerMessage(LogLevel.Warning, "The leases of {Count} jobs were not renewed by the database: {Reason}")]
        public static partial void NotRenewed(ILogger logger, int count, string reason);

        [LoggerMessage(LogLevel.Information, "Stopping: {Count} running jobs get {Grace} s to finish.")]
        public static partial void Draining(ILogger logger, int count, double grace);

        [LoggerMessage(LogLevel.Information, "Handing {Count} unfinished jobs back to the queue.")]
        public static partial void HandingBack(ILogger logger, int count);

        [LoggerMessage(LogLevel.Warning, "{Count} jobs could not be handed back ({Reason}); they run again when their leases lapse.")]
        public static partial void NotReleased(ILogger logger, int count, string reason);
    }
}
