namespace YtOptimizer.Core.Jobs;

/// <summary>Settings of the queue, section <c>Jobs</c> (environment: <c>Jobs__Concurrency</c>, …).</summary>
public sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>Jobs one worker process runs at once.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>Jobs of one user that run at once, over all workers.</summary>
    public int UserRunning { get; set; } = 5;

    /// <summary>Waiting and running jobs one user may have; more are refused with 429. 0 means no limit.</summary>
    public int UserDepth { get; set; } = 20;

    /// <summary>Waiting jobs of everybody; more are refused with 503. 0 means no limit.</summary>
    public int GlobalDepth { get; set; } = 100_000;

    /// <summary>Seconds until a silent worker's jobs are given to another.</summary>
    public double LeaseSeconds { get; set; } = 9;

    /// <summary>Seconds between two renewals of all leases of a worker.</summary>
    public double HeartbeatSeconds { get; set; } = 3;

    /// <summary>Seconds between two looks at the queue without a wake-up; the longest pickup when LISTEN does not work.</summary>
    public double PollSeconds { get; set; } = 1;

    /// <summary>Attempts before a job becomes a dead letter.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds before the second attempt; doubles with each further one, with jitter.</summary>
    public double BackOffSeconds { get; set; } = 2;

    /// <summary>Postponements an upstream may ask for before they count as attempts.</summary>
    public int MaxDeferrals { get; set; } = 20;

    /// <summary>Longest time one attempt may run, in seconds.</summary>
    public double MaxRunSeconds { get; set; } = 1800;

    /// <summary>Seconds that running jobs get to finish when the worker stops.</summary>
    public double GraceSeconds { get; set; } = 20;

    /// <summary>Days that finished jobs are kept; at least 7, history is the product.</summary>
    public int RetentionDays { get; set; } = 7;

    /// <summary>Seconds in which the same request of the same user, without an Idempotency-Key, means the same job while that job is
    /// unfinished. 0 turns this off.</summary>
    public double DuplicateWindowSeconds { get; set; } = 60;

    /// <summary>Hours for which an Idempotency-Key is remembered.</summary>
    public double IdempotencyHours { get; set; } = 24;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>What is wrong with these settings, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Concurrency is < 1 or > 1000)
        {
            yield return "Jobs:Concurrency must be 1 to 1000.";
        }

        if (UserRunning < 1)
        {
            yield return "Jobs:UserRunning must be at least 1.";
        }

        if (UserDepth < 0 || GlobalDepth < 0)
        {
            yield return "Jobs:UserDepth and Jobs:GlobalDepth must be 0 (no limit) or more.";
        }

        if (LeaseSeconds < 1 || HeartbeatSeconds <= 0 || HeartbeatSeconds * 2 > LeaseSeconds)
        {
            yield return "Jobs:LeaseSeconds must be at least 1 and at least twice Jobs:HeartbeatSeconds.";
        }

        if (PollSeconds is <= 0 or > 60)
        {
            yield return "Jobs:PollSeconds must be above 0 and at most 60.";
        }

        if (MaxAttempts < 1 || MaxDeferrals < 0 || BackOffSeconds < 0 || MaxRunSeconds <= 0)
        {
            yield return "Jobs:MaxAttempts must be at least 1; Jobs:MaxDeferrals, Jobs:BackOffSeconds and Jobs:MaxRunSeconds must not "
                + "be negative.";
        }

        if (GraceSeconds is < 0 or > 600)
        {
            yield return "Jobs:GraceSeconds must be 0 to 600.";
        }

        if (RetentionDays < 7)
        {
            yield return "Jobs:RetentionDays must be at least 7: finished jobs are the users' history.";
        }

        if (DuplicateWindowSeconds < 0 || IdempotencyHours <= 0)
        {
            yield return "Jobs:DuplicateWindowSeconds must not be negative and Jobs:IdempotencyHours must be above 0.";
        }
    }
}
