using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Lookups that arrive within a few milliseconds share one <c>videos.list</c> call; the same id is asked for once.</summary>
public sealed class YouTubeBatcher(YouTubeApi api, IOptions<YouTubeOptions> options)
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(40);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Batch> underWay = new(StringComparer.Ordinal);
    private Batch? open;

    /// <returns>The video, or null when YouTube shows none with this id.</returns>
    /// <exception cref="YouTubeApiException">The shared call failed.</exception>
    public async Task<YouTubeVideo?> GetAsync(string videoId, CancellationToken ct)
    {
        Batch batch;
        lock (gate)
        {
            if (!underWay.TryGetValue(videoId, out batch!))
            {
                batch = underWay[videoId] = Join(videoId);
            }

            batch.Callers++;
        }

        try
        {
            // One caller's cancel does not cancel the others' call; the last one's does.
            var videos = await batch.Answer.Task.WaitAsync(ct);
            return videos.GetValueOrDefault(videoId);
        }
        finally
        {
            Leave(batch);
        }
    }

    private void Leave(Batch batch)
    {
        lock (gate)
        {
            if (--batch.Callers > 0 || batch.Answer.Task.IsCompleted)
            {
                return;
            }

            // Nobody may join a call that is given up.
            if (ReferenceEquals(open, batch))
            {
                open = null;
            }

            Forget(batch);
        }

        batch.GivenUp.TrySetResult();
    }

    private Batch Join(string videoId)
    {
        var batch = open ??= Begin();
        batch.Ids.Add(videoId);
        if (batch.Ids.Count == YouTubeApi.MaxIdsPerCall)
        {
            open = null;
            batch.Full.TrySetResult();
        }

        return batch;
    }

    private Batch Begin()
    {
        var batch = new Batch();
        _ = FlushAfterWindowAsync(batch);
        return batch;
    }

    private async Task FlushAfterWindowAsync(Batch batch)
    {
        // Never inside the caller's lock, even with an empty window.
        await Task.Yield();
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
            var call = api.ListAsync(ids, deadline.Token);
            if (await Task.WhenAny(call, batch.GivenUp.Task) != call)
            {
                await deadline.CancelAsync();
            }

            var videos = await call;
            Forget(batch);
            batch.Answer.SetResult(videos);
        }
        catch (Exception failure)
        {
            Forget(batch);
            batch.Answer.SetException(
                failure is OperationCanceledException
                    ? new YouTubeApiException(YouTubeFailure.Transient, "timeout", innerException: failure)
                    : failure
            );
        }
    }

    private void Forget(Batch batch)
    {
        lock (gate)
        {
            foreach (var id in batch.Ids.Where(id => ReferenceEquals(underWay.GetValueOrDefault(id), batch)))
            {
                underWay.Remove(id);
            }
        }
    }

    private sealed class Batch
    {
        public List<string> Ids { get; } = [];

        /// <summary>Who still waits.</summary>
        public int Callers { get; set; }

        /// <summary>Completes when nobody does.</summary>
        public TaskCompletionSource GivenUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Full { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<IReadOnlyDictionary<string, YouTubeVideo>> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
