namespace YtOptimizer.Core.RecurringJobs;

/// <summary>
/// Work that a process repeats for as long as it lives. <see cref="RecurringJobHost"/> runs it; a run that fails is logged once per series
/// of failures, and the next one comes.
/// </summary>
public interface IRecurringJob
{
    /// <summary>Time between two runs; <see cref="Timeout.InfiniteTimeSpan"/> for a job that this process has no use for after its first
    /// run.</summary>
    TimeSpan Interval { get; }

    /// <summary>A run also comes as soon as this is set; null when only time decides.</summary>
    Signal? Due => null;

    /// <summary>False: the first run comes after one interval.</summary>
    bool RunsAtStart => true;

    Task RunAsync(CancellationToken ct);

    /// <summary>Called once when the process ends, after the last run: what waits in memory is written, what is held is given
    /// back.</summary>
    Task FinishAsync() => Task.CompletedTask;
}
