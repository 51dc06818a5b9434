using System.Collections.Concurrent;
using System.Globalization;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Pump;

/// <summary>Why a running job was told to stop.</summary>
internal enum StopReason
{
    None,

    /// <summary>Cancelled by its owner, finished elsewhere or taken by another worker: nothing may be written any more.</summary>
    LeaseLost,

    /// <summary>This process ends.</summary>
    Shutdown,
    TimedOut,
}

/// <summary>One job in this process, and the way to stop it.</summary>
internal sealed class RunningJob(ClaimedJob job, CancellationTokenSource stop) : IDisposable
{
    private int reason;
    private int saving;

    public ClaimedJob Job { get; } = job;

    public CancellationToken Stopping => stop.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref reason);

    /// <summary>The work is done and its completion is being written: a stop comes too late, the fence decides.</summary>
    public bool IsSaving => Volatile.Read(ref saving) == 1;

    public void BeginSaving() => Volatile.Write(ref saving, 1);

    /// <summary>The first reason wins.</summary>
    public void Stop(StopReason why)
    {
        if (Interlocked.CompareExchange(ref reason, (int)why, (int)StopReason.None) == (int)StopReason.None)
        {
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It finished in the same moment.
            }
        }
    }

    public void Dispose() => stop.Dispose();
}

/// <summary>The jobs that this process holds leases for.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<Guid, RunningJob> jobs = new();
    private int suspects;

    /// <summary>Unique per process start: pid and machine may repeat.</summary>
    public string WorkerId { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7().ToString("N")[^8..]}";

    public int Count => jobs.Count;

    /// <summary>Jobs among them whose last two attempts ended with their process.</summary>
    public int Suspects => Volatile.Read(ref suspects);

    public ICollection<RunningJob> All => jobs.Values;

    public IReadOnlyCollection<JobLease> Leases => [.. jobs.Values.Select(running => running.Job.Lease)];

    public void Add(RunningJob running)
    {
        jobs[running.Job.Id] = running;
        Interlocked.Add(ref suspects, running.Job.Crashes >= 2 ? 1 : 0);
    }

    public void Remove(RunningJob running)
    {
        if (jobs.TryRemove(new KeyValuePair<Guid, RunningJob>(running.Job.Id, running)))
        {
            Interlocked.Add(ref suspects, running.Job.Crashes >= 2 ? -1 : 0);
        }
    }

    /// <summary>Stops the claim that a cancel names as <c>jobId:token</c>; a later claim of the same job runs on.</summary>
    public void Cancelled(string payload)
    {
        var parts = payload.Split(':');
        if (parts.Length == 2 && Guid.TryParse(parts[0], out var jobId) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            && jobs.TryGetValue(jobId, out var running) && running.Job.LeaseToken == token)
        {
            running.Stop(StopReason.LeaseLost);
        }
    }
}
