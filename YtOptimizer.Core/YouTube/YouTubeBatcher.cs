using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.YouTube;

/// <summary>Lookups that arrive within a few milliseconds share one <c>videos.list</c> call; the same id is asked for once.</summary>
public sealed class YouTubeBatcher(YouTubeApi api, IOptions<YouTubeOptions> options)
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(40);
    private readonly Lock gate = new();
    private Batch? open;

    /// <returns>The video, or null when YouTube shows none with this id.</returns>
    /// <exception cref="YouTubeApiException">The shared call failed.</exception>
    public async Task<YouTubeVideo?> GetAsync(string videoId, CancellationToken ct)
    {
        Batch batch;
        lock (gate)
        {
            if (open is null)
            {
                batch = open = new Batch();
                _ = FlushAfterWindowAsync(batch);
            }
            else
            {
                batch = open;
            }

            batch.Ids.Add(videoId);
            if (batch.Ids.Count == YouTubeApi.MaxIdsPerCall)
            {
                open = null;
                batch.Full.TrySetResult();
            }
        }

        // One caller's cancel does not cancel the others' call.
        var videos = await batch.Answer.Task.WaitAsync(ct);
        return videos.GetValueOrDefault(videoId);
    }

    private async Task FlushAfterWindowAsync(Batch batch)
    {
        await Task.WhenAny(Task.Delay(options.Value.BatchWindow), batch.Full.Task);
        string[] ids;
        lock (gate)
        {
            if (ReferenceEquals(open, batch))
            {
                open = null;
            }

            ids = [.. batch.Ids];
        }

        try
        {
            using var deadline = new CancellationTokenSource(CallDeadline);
            batch.Answer.SetResult(await api.ListAsync(ids, deadline.Token));
        }
        catch (OperationCanceledException inner)
        {
            batch.Answer.SetException(new YouTubeApiException(YouTubeFailure.Transient, "timeout", innerException: inner));
        }
        catch (Exception failure)
        {
            batch.Answer.SetException(failure);
        }
    }

    private sealed class Batch
    {
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource Full { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<IReadOnlyDictionary<string, YouTubeVideo>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
