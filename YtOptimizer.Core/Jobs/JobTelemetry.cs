using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace YtOptimizer.Core.Jobs;

/// <summary>
/// The queue as OpenTelemetry's semantic conventions for messaging describe one: a span "send" in the submitter's trace, and in the same
/// trace the wait and each attempt ("process"). Destinations are job types, messages are jobs. Source:
/// opentelemetry.io/docs/specs/semconv/messaging/messaging-spans.
/// </summary>
public static class JobTelemetry
{
    public const string SourceName = "YtOptimizer.Jobs";

    private const string QueueSystem = "postgresql";
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Jobs queued.");
    private static readonly Counter<long> Consumed = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages",
        "{message}",
        "Jobs claimed, one for each attempt."
    );
    private static readonly Histogram<double> Process = Meter.CreateHistogram<double>(
        "messaging.process.duration",
        "s",
        "Duration of attempts."
    );

    /// <summary>The span of one submission; its id travels with the job.</summary>
    public static Activity? StartSend(string jobType, Guid jobId) =>
        Describe(Source.StartActivity("send " + jobType, ActivityKind.Producer), "send", jobType, jobId);

    public static void Queued(string jobType) => Sent.Add(1, Tags(jobType, "send"));

    /// <summary>The span of one attempt, in the trace of the submission, with the wait before it.</summary>
    public static Activity? StartProcess(ClaimedJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var parent = ActivityContext.TryParse(job.Traceparent, null, isRemote: true, out var submission) ? submission : default;
        Consumed.Add(1, Tags(job.JobType, "process"));
        Waited(job, parent);
        var activity = Describe(
            Source.StartActivity("process " + job.JobType, ActivityKind.Consumer, parent),
            "process",
            job.JobType,
            job.Id
        );
        activity?.SetTag("job.attempt", job.Attempt);
        activity?.SetTag("job.wait_seconds", job.WaitedSeconds);
        return activity;
    }

    /// <summary>A step of an attempt, under its span.</summary>
    public static Activity? StartStage(string name) => Source.StartActivity(name);

    /// <summary>Completes the span of an attempt and counts it.</summary>
    /// <param name="activity">From <see cref="StartProcess"/>.</param>
    /// <param name="job">The job.</param>
    /// <param name="outcome">completed, failed, retried, deferred, released, dead or lost.</param>
    /// <param name="elapsed">Duration of the attempt.</param>
    public static void Finish(Activity? activity, ClaimedJob job, string outcome, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(job);
        var tags = Tags(job.JobType, "process");
        activity?.SetTag("job.outcome", outcome);
        if (outcome is not ("completed" or "released" or "deferred"))
        {
            tags.Add("error.type", outcome);
            activity?.SetTag("error.type", outcome);
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
        }

        Process.Record(elapsed.TotalSeconds, tags);
    }

    /// <summary>The time between being due and being claimed, as a span that ends now.</summary>
    private static void Waited(ClaimedJob job, ActivityContext parent)
    {
        if (job.WaitedSeconds <= 0 || parent == default)
        {
            return;
        }

        var start = TimeProvider.System.GetUtcNow().AddSeconds(-job.WaitedSeconds);
        using var wait = Source.StartActivity(ActivityKind.Internal, parent, name: "wait " + job.JobType, startTime: start);
        wait?.SetTag("messaging.message.id", job.Id.ToString());
        wait?.SetTag("job.attempt", job.Attempt);
    }

    private static Activity? Describe(Activity? activity, string operation, string jobType, Guid jobId)
    {
        activity?.SetTag("messaging.system", QueueSystem);
        activity?.SetTag("messaging.operation.name", operation);
        activity?.SetTag("messaging.operation.type", operation);
        activity?.SetTag("messaging.destination.name", jobType);
        activity?.SetTag("messaging.message.id", jobId.ToString());
        return activity;
    }

    private static TagList Tags(string jobType, string operation) =>
        new()
        {
            { "messaging.system", QueueSystem },
            { "messaging.operation.name", operation },
            { "messaging.destination.name", jobType },
        };
}
