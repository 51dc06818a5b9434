using System.Collections.Concurrent;
using System.Globalization;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Queue;

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
/// <param name="job">The job.</param>
/// <param name="stop">Ends its work; belongs to this object from now on.</param>
/// <param name="onSaving">Called when the end is about to be written.</param>
internal sealed class RunningJob(ClaimedJob job, CancellationTokenSource stop, Action? onSaving = null) : IDisposable
{
    private int reason;
    private int saving;

    public ClaimedJob Job { get; } = job;

    public CancellationToken Stopping => stop.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref reason);

    /// <summary>The work is done and its completion is being written: a stop comes too late, the fence decides.</summary>
    public bool IsSaving => Volatile.Read(ref saving) == 1;

    public void BeginSaving()
    {
        if (Interlocked.Exchange(ref saving, 1) == 0)
        {
            onSaving?.Invoke();
        }
    }

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
    private bool orphansWait;

    /// <summary>Unique per process start: pid and machine may repeat.</summary>
    public string WorkerId { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7().ToString("N")[^8..]}";

    public int Count => jobs.Count;

    /// <summary>Jobs of silent workers wait to be taken over.</summary>
    public bool OrphansWait
    {
        get => Volatile.Read(ref orphansWait);
        set => Volatile.Write(ref orphansWait, value);
    }

    /// <summary>Jobs among them that run in processes of their own.</summary>
    public int Suspects => Volatile.Read(ref suspects);

    public ICollection<RunningJob> All => jobs.Values;

    public IReadOnlyCollection<JobLease> Leases => [.. jobs.Values.Select(running => running.Job.Lease)];

    public void Add(RunningJob running)
    {
        // A process that did not renew in time may get its own job again: the earlier run of it has lost its lease.
        if (jobs.TryGetValue(running.Job.Id, out var earlier))
        {
            earlier.Stop(StopReason.LeaseLost);
            Remove(earlier);
        }

        jobs[running.Job.Id] = running;
        Interlocked.Add(ref suspects, running.Job.IsSuspect ? 1 : 0);
    }

    public void Remove(RunningJob running)
    {
        if (jobs.TryRemove(new KeyValuePair<Guid, RunningJob>(running.Job.Id, running)))
        {
            Interlocked.Add(ref suspects, running.Job.IsSuspect ? -1 : 0);
        }
    }

    /// <summary>Stops the claim that a cancel names as <c>jobId:token</c>; a later claim of the same job runs on.</summary>
    public void Cancelled(string payload)
    {
        var parts = payload.Split(':');
        if (
            parts.Length == 2
            && Guid.TryParse(parts[0], out var jobId)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            && jobs.TryGetValue(jobId, out var running)
            && running.Job.LeaseToken == token
        )
        {
            running.Stop(StopReason.LeaseLost);
        }
    }
}
