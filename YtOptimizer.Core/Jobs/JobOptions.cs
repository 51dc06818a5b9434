using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Jobs;

/// <summary>Settings of the queue, section <c>Jobs</c> (environment: <c>Jobs__Concurrency</c>, …).</summary>
public sealed class JobOptions : IValidatableObject
{
    public const string Section = "Jobs";

    /// <summary>Jobs one worker process runs at once.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Jobs of one user that run at once, over all workers.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least 1")]
    public int UserRunning { get; set; } = 5;

    /// <summary>Waiting and running jobs one user may have; more are refused with 429. 0 means no limit.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be 0 (no limit) or more")]
    public int UserDepth { get; set; } = 20;

    /// <summary>Waiting jobs of everybody; more are refused with 503. 0 means no limit.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must be 0 (no limit) or more")]
    public int GlobalDepth { get; set; } = 100_000;

    /// <summary>Seconds until a silent worker's jobs are given to another.</summary>
    [Range(1.0, 3600)]
    public double LeaseSeconds { get; set; } = 9;

    /// <summary>Seconds between two renewals of all leases of a worker.</summary>
    [Range(0.01, 1800)]
    public double HeartbeatSeconds { get; set; } = 3;

    /// <summary>Seconds between two looks at the queue without a wake-up; the longest pickup when LISTEN does not work.</summary>
    [Range(0.01, 60)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>Attempts before a job becomes a dead letter.</summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Seconds before the second attempt; doubles with each further one, with jitter.</summary>
    [Range(0.0, 86_400)]
    public double BackOffSeconds { get; set; } = 2;

    /// <summary>Postponements an upstream may ask for before they count as attempts.</summary>
    [Range(0, int.MaxValue)]
    public int MaxDeferrals { get; set; } = 20;

    /// <summary>Longest time one attempt may run, in seconds.</summary>
    [Range(0.01, 604_800)]
    public double MaxRunSeconds { get; set; } = 1800;

    /// <summary>Seconds that running jobs get to finish when the worker stops.</summary>
    [Range(0.0, 600)]
    public double GraceSeconds { get; set; } = 4;

    /// <summary>Days that finished jobs are kept; at least 7, history is the product.</summary>
    [Range(7, int.MaxValue, ErrorMessage = "must be at least 7: finished jobs are the users' history")]
    public int RetentionDays { get; set; } = 7;

    /// <summary>Seconds in which the same request of the same user, without an Idempotency-Key, means the same job while that job is
    /// unfinished. 0 turns this off.</summary>
    [Range(0.0, 86_400)]
    public double DuplicateWindowSeconds { get; set; } = 60;

    /// <summary>Hours for which an Idempotency-Key is remembered.</summary>
    [Range(0.01, 8_760)]
    public double IdempotencyHours { get; set; } = 24;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeartbeatSeconds * 2 > LeaseSeconds)
        {
            yield return new ValidationResult(
                "must be at least twice Jobs__HeartbeatSeconds, or a worker that lives loses its jobs",
                [nameof(LeaseSeconds)]
            );
        }
    }
}
