using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.RecurringJobs;

namespace YtOptimizer.Core.Jobs;

/// <summary>
/// The worker's periodic look at the queue. It finds what no notification told of: jobs that can be claimed, postponed jobs that became
/// due, jobs of silent workers. A job that becomes due before the next look is waited for exactly.
/// </summary>
public sealed class QueuePulse : PulsePart, IDisposable
{
    private readonly ITimer next;

    public QueuePulse(IOptions<JobOptions> options)
        : base("queue", TimeSpan.FromSeconds((options ?? throw new ArgumentNullException(nameof(options))).Value.PollSeconds)) =>
        next = TimeProvider.System.CreateTimer(_ => RescueDue.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Called when something can be claimed. The dispatcher sets it.</summary>
    public Action? OnClaimDue { get; set; }

    /// <summary>Lapsed leases, orphans, or due jobs whose user has no turn yet.</summary>
    public Signal RescueDue { get; } = new();

    // In the words of the index idx_job_queue_due.
    public override string Sql =>
        """
            json_build_object(
                'claimable', EXISTS (SELECT 1 FROM job_lanes WHERE lane_key IS NOT NULL),
                'due', EXISTS (SELECT 1 FROM job_queue WHERE CASE WHEN status = 'pending' THEN scheduled_at END <= now()),
                'lost', EXISTS (SELECT 1 FROM job_queue WHERE status = 'processing' AND (locked_by IS NULL
                    OR lease_until < clock_timestamp())),
                'nextSeconds', (SELECT extract(epoch FROM min(CASE WHEN status = 'pending' THEN scheduled_at END) - clock_timestamp())
                    FROM job_queue WHERE CASE WHEN status = 'pending' THEN scheduled_at END > now()))
            """;

    public override void Take(string? answer, long asked)
    {
        if (answer is null || JsonSerializer.Deserialize<Found>(answer, JsonSerializerOptions.Web) is not { } found)
        {
            return;
        }

        if (found.Claimable)
        {
            OnClaimDue?.Invoke();
        }

        if (found.Due || found.Lost)
        {
            RescueDue.Set();
        }

        if (found.NextSeconds is { } seconds && seconds < Every.TotalSeconds)
        {
            next.Change(TimeSpan.FromSeconds(Math.Max(0, seconds)) + TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        next.Dispose();
        RescueDue.Dispose();
    }

    private sealed record Found(bool Claimable, bool Due, bool Lost, double? NextSeconds);
}
