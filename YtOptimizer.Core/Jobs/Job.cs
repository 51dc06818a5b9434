using System.Runtime.InteropServices;

namespace YtOptimizer.Core.Jobs;

/// <summary>States of a job. The last three are final: only a restart leaves <see cref="Failed"/> and <see cref="Cancelled"/>.</summary>
public static class JobStatus
{
    public const string Pending = "pending";
    public const string Processing = "processing";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}

/// <summary>Names of the events that clients see.</summary>
public static class JobEvent
{
    public const string Queued = "job-queued";
    public const string Started = "job-started";
    public const string Progress = "job-progress";
    public const string Completed = "job-completed";
    public const string Failed = "job-failed";
    public const string Cancelled = "job-cancelled";
}

/// <summary>Why a failed job waits for a person.</summary>
public static class DeadReason
{
    public const string AttemptsExhausted = "attempts_exhausted";
    public const string Poison = "poison";
    public const string UnreadablePayload = "unreadable_payload";
    public const string UnknownJobType = "unknown_job_type";
}

/// <summary>The right to write to a running job: its id and the fencing token of one claim.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobLease(Guid JobId, long Token);

/// <summary>A job as its worker sees it.</summary>
public sealed record ClaimedJob
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string JobType { get; init; }

    /// <summary>JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>1 for the first run.</summary>
    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>Earlier attempts that ended with their process.</summary>
    public int Crashes { get; init; }

    public int Deferrals { get; init; }

    /// <summary>Percentage already shown by an earlier attempt.</summary>
    public int Progress { get; init; }

    public required long LeaseToken { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>W3C trace context of the submission.</summary>
    public string? Traceparent { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Time between being due and being claimed, by the database's clock.</summary>
    public double WaitedSeconds { get; init; }

    public JobLease Lease => new(Id, LeaseToken);

    /// <summary>It may be what ended its workers: it runs in a process of its own.</summary>
    public bool IsSuspect => Crashes >= CrashPolicy.SuspectAfter;
}

/// <summary>What to queue.</summary>
public sealed record NewJob
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string JobType { get; init; }

    /// <summary>JSON for the worker; no secrets, no file bytes.</summary>
    public required string Payload { get; init; }

    /// <summary>JSON that clients may see.</summary>
    public string Configuration { get; init; } = "{}";

    public string? Title { get; init; }

    /// <summary>SHA-256 of what was asked for; equal requests have equal hashes.</summary>
    public byte[]? RequestHash { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The answer to repeat for <see cref="IdempotencyKey"/>.</summary>
    public string Response { get; init; } = "{}";

    public string? CorrelationId { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>0 (normal) to 10; each level is worth a minute of waiting.</summary>
    public int Priority { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Counts against the user's plan.</summary>
    public bool Charged { get; init; } = true;
}

public enum EnqueueOutcome
{
    Created,

    /// <summary>The Idempotency-Key was used before for the same request.</summary>
    Replayed,

    /// <summary>The same request is already waiting or running.</summary>
    Duplicate,

    /// <summary>The Idempotency-Key was used before for another request.</summary>
    KeyConflict,
    UserFull,
    QueueFull,
    QuotaExceeded,
}

/// <param name="Outcome">What happened.</param>
/// <param name="JobId">The job that answers the request; null when refused.</param>
/// <param name="Response">The stored answer, for <see cref="EnqueueOutcome.Created"/> and <see cref="EnqueueOutcome.Replayed"/>.</param>
/// <param name="Used">What counts against <paramref name="Allowed"/> when refused.</param>
/// <param name="Allowed">The limit that refused, -1 for none.</param>
/// <param name="ResetsAt">When the plan's period ends.</param>
public sealed record EnqueueResult(EnqueueOutcome Outcome, Guid? JobId, string? Response, int Used, int Allowed, DateTime? ResetsAt);
