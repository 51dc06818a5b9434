using YtOptimizer.Core.Jobs;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>What a worker does to one user's jobs, step by step.</summary>
internal sealed class Scene(TestDatabase database) : IAsyncDisposable
{
    private readonly QueueRig rig = new(database);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<Guid> QueueAsync(Guid user) => rig.EnqueueAsync(user);

    /// <summary>Other jobs that wait are taken too; their tests do not wait for them.</summary>
    public async Task<ClaimedJob> ClaimAsync(Guid job) =>
        Assert.Single(await rig.Leases.ClaimAsync("w", 100, 1, Ct), claim => claim.Id == job);

    public Task ProgressAsync(ClaimedJob job, int percent, string stage) =>
        rig.Leases.ReportAsync(job.Lease, new JobProgress(percent, stage), Ct);

    public Task FailAsync(ClaimedJob job, string message) => rig.Leases.FailAsync(job.Lease, "video_not_found", message, null, null, Ct);

    public async Task CompleteAsync(ClaimedJob job, string title) =>
        Assert.True(
            await rig.Leases.CompleteAsync(
                job.Lease,
                null,
                title,
                scope =>
                    scope.ExecuteAsync(
                        """
                        INSERT INTO audits (user_id, job_id, video_url, video_title, ai_titles, ai_description, ai_tags,
                            ai_thumbnail_prompts)
                        VALUES (@user, @job, 'https://youtu.be/dQw4w9WgXcQ', @title, ARRAY['A better title'], 'A better description',
                            ARRAY['tag one', 'tag two'], ARRAY['a prompt'])
                        """,
                        new
                        {
                            user = job.UserId,
                            job = job.Id,
                            title,
                        }
                    ),
                Ct
            )
        );

    public ValueTask DisposeAsync() => rig.DisposeAsync();
}
