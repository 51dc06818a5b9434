using System.Text.Json;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>
/// <c>/queue</c>: the user's jobs, as <c>JOB_*</c> for the existing single-page app and as <c>queue-update</c> for clients of the first
/// implementation.
/// </summary>
internal sealed class QueueNamespace(FeedReader reader) : ISocketNamespace
{
    public string Name => "/queue";

    public async Task<SocketSnapshot> SnapshotAsync(Guid userId, CancellationToken ct)
    {
        var jobs = await reader.RecentJobsAsync(userId, ct);
        return new SocketSnapshot([.. jobs.SelectMany(job => Render(job, isKnown: false))], jobs);
    }

    public async Task<IReadOnlyList<FeedEvent>> MissedAsync(Guid userId, DateTime since, CancellationToken ct) =>
        [.. (await reader.JobsSinceAsync([userId], since, ct)).Where(job => job.At > since)];

    public bool ChangesList(FeedEvent e, bool isKnown) => false;

    public IReadOnlyList<SocketEvent> Render(FeedEvent e, bool isKnown) =>
        e is JobChanged changed
            ?
            [
                new(
                    changed.Job.Event.Replace('-', '_').ToUpperInvariant(),
                    changed.Rendered("app", () => JsonSerializer.Serialize(ForApp(changed), RealtimeJson.Options))
                ),
                new(
                    "queue-update",
                    changed.Rendered("contract", () => JsonSerializer.Serialize(ForContract(changed), RealtimeJson.Options))
                ),
            ]
            : [];

    public Task<SocketReply> AnswerAsync(Guid userId, string name, JsonElement? argument, CancellationToken ct) =>
        Task.FromResult(
            name == "subscribe-queue"
                ? new SocketReply([SocketEvent.Of("subscribed", new { success = true })], new { success = true })
                : SocketReply.Error("Unknown event. This namespace knows subscribe-queue.")
        );

    // The app draws the result from data.data; without it a finished job would stay on screen for ever.
    private static object ForApp(JobChanged changed)
    {
        var job = changed.Job;
        return new
        {
            JobId = job.Id,
            job.Status,
            job.Progress,
            Stage = job.Stage ?? job.Status,
            job.Message,
            // The app acts on certain words in this text.
            Error = PlainWords.Of(job.Error),
            job.Title,
            job.Version,
            Data = job.Status != JobStatus.Completed
                ? null
                : new
                {
                    job.Id,
                    JobId = job.Id,
                    job.Status,
                    job.Type,
                    job.CreatedAt,
                    job.CompletedAt,
                    job.Progress,
                    Data = changed.Audit ?? Empty(job),
                },
        };
    }

    private static object ForContract(JobChanged changed)
    {
        var job = changed.Job;
        return new
        {
            JobId = job.Id,
            EventType = job.Event,
            job.Status,
            job.Progress,
            job.Stage,
            job.Message,
            job.Error,
            Result = changed.Audit,
            Metadata = new
            {
                JobType = job.Type,
                VideoTitle = job.Title,
                job.ErrorCode,
                AuditId = AuditId(changed),
                Sequence = job.Version,
            },
        };
    }

    private static string? AuditId(JobChanged changed) =>
        changed.Audit is { } audit && audit.TryGetProperty("id", out var id) ? id.GetString() : null;

    private static JsonElement Empty(JobState job) =>
        JsonSerializer.SerializeToElement(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["video_title"] = job.Title,
                ["ai_titles"] = Array.Empty<string>(),
                ["ai_description"] = "",
                ["ai_tags"] = Array.Empty<string>(),
                ["ai_thumbnail_prompts"] = Array.Empty<string>(),
                ["thumbnail_url"] = null,
            }
        );
}
