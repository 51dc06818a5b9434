using System.Diagnostics.Metrics;

namespace YtOptimizer.Core.Jobs;

/// <summary>What the queue does, as instruments of the meter <c>YtOptimizer</c>. Gauges show the last snapshot of
/// <see cref="QueueStats"/>.</summary>
public sealed class QueueMetrics
{
    public const string MeterName = "YtOptimizer";

    private readonly Counter<long> attempts;
    private readonly Counter<long> finished;
    private readonly Counter<long> lost;
    private readonly Histogram<double> pickup;
    private readonly Histogram<double> run;

    public QueueMetrics(IMeterFactory meters, QueueStats stats)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        attempts = meter.CreateCounter<long>("jobs_attempts_total", "{attempt}", "Claims, by job type and whether it was the first.");
        finished = meter.CreateCounter<long>("jobs_finished_total", "{job}", "Ends of attempts, by job type and outcome.");
        lost = meter.CreateCounter<long>(
            "jobs_leases_lost_total",
            "{lease}",
            "Attempts whose lease was cancelled, or taken by another worker."
        );
        pickup = meter.CreateHistogram<double>("jobs_pickup_seconds", "s", "Time between being due and being claimed.");
        run = meter.CreateHistogram<double>("jobs_run_seconds", "s", "Time an attempt ran.");
        meter.CreateObservableGauge("queue_depth", () => stats.Last.Pending, "{job}", "Waiting jobs of the fleet.");
        meter.CreateObservableGauge("queue_running", () => stats.Last.Running, "{job}", "Running jobs of the fleet.");
        meter.CreateObservableGauge("queue_dead", () => stats.Last.Dead, "{job}", "Dead letters.");
        meter.CreateObservableGauge(
            "queue_oldest_age_seconds",
            () => stats.Last.OldestSeconds,
            "s",
            "How long the longest-waiting job has been due."
        );
    }

    public void Claimed(ClaimedJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        attempts.Add(1, new("job_type", job.JobType), new("first", job.Attempt == 1));
        if (job.Attempt == 1)
        {
            pickup.Record(job.WaitedSeconds);
        }
    }

    /// <param name="jobType">Type of the job.</param>
    /// <param name="outcome">completed, failed, retried, deferred, released or dead.</param>
    /// <param name="elapsed">Run time.</param>
    public void Finished(string jobType, string outcome, TimeSpan elapsed)
    {
        finished.Add(1, new("job_type", jobType), new("outcome", outcome));
        run.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("job_type", jobType));
    }

    public void Lost() => lost.Add(1);
}
