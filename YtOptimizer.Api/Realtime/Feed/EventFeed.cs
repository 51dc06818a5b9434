using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>One client's end of the feed.</summary>
internal interface IFeedSubscriber
{
    Guid UserId { get; }

    /// <summary>Takes the event or drops the client; never waits.</summary>
    void Offer(FeedEvent e);
}

/// <summary>
/// Turns hints into events and hands them to the clients of this process. Hints of users without a client here cost nothing; for the others
/// the rows of a whole batch of hints are read in a few statements.
/// </summary>
internal sealed partial class EventFeed(FeedReader reader, TimeProvider time, ILogger<EventFeed> logger) : BackgroundService
{
    private const int BatchSize = 256;
    private const int UsersPerStatement = 1000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, ImmutableArray<IFeedSubscriber>> subscribers = new();
    private readonly Channel<Hint> hints = Channel.CreateBounded<Hint>(new BoundedChannelOptions(8192) { SingleReader = true });
    private readonly SemaphoreSlim work = new(0);
    private long lookBack;

    /// <summary>
    /// Until the result is disposed, events of the user reach the subscriber. Read the stored rows after this call, not before.
    /// </summary>
    public IDisposable Subscribe(IFeedSubscriber subscriber)
    {
        subscribers.AddOrUpdate(subscriber.UserId, _ => [subscriber], (_, others) => others.Add(subscriber));
        return new Subscription(this, subscriber);
    }

    /// <summary>A payload arrived.</summary>
    public void Told(string payload)
    {
        if (Hint.Parse(payload) is not { } hint || !subscribers.ContainsKey(hint.UserId))
        {
            return;
        }

        if (hints.Writer.TryWrite(hint))
        {
            work.Release();
        }
        else
        {
            LookBack(Seen.Overlap);
        }
    }

    /// <summary>Hints may have been missed: rows that changed in this last span are read again. Clients drop what they know.</summary>
    public void LookBack(TimeSpan span)
    {
        long known;
        while (
            (known = Interlocked.Read(ref lookBack)) < span.Ticks && Interlocked.CompareExchange(ref lookBack, span.Ticks, known) != known
        )
        {
            // Another caller asked in the same moment.
        }

        work.Release();
    }

    public override void Dispose()
    {
        work.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var span = TimeSpan.Zero;
            try
            {
                await work.WaitAsync(stoppingToken);
                span = TimeSpan.FromTicks(Interlocked.Exchange(ref lookBack, 0));
                if (span > TimeSpan.Zero)
                {
                    await ReadAgainAsync(span, stoppingToken);
                }

                await DeliverAsync(stoppingToken);
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!isFailing)
                {
                    Log.ReadFailed(logger, exception.Message);
                }

                isFailing = true;
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                LookBack(span + Seen.Overlap);
            }
        }
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        var batch = new List<Hint>();
        while (batch.Count < BatchSize && hints.Reader.TryRead(out var hint))
        {
            batch.Add(hint);
        }

        if (batch.Count == 0)
        {
            return;
        }

        foreach (var running in batch.Where(h => h.Job is not null && !h.NeedsRow))
        {
            Offer(new JobChanged(running.Job!));
        }

        foreach (var ended in await reader.JobsAsync(Distinct(batch.Where(h => h.NeedsRow).Select(h => h.Job!.Id)), ct))
        {
            Offer(ended);
        }

        var changed = batch.Where(h => h.Job is null).ToList();
        foreach (var hint in changed.Where(h => h.IsDeletion))
        {
            foreach (var id in hint.NotificationIds ?? [])
            {
                Offer(new NotificationDeleted(hint.UserId, id, hint.At));
            }
        }

        foreach (
            var notification in await reader.NotificationsAsync(
                Distinct(changed.Where(h => !h.IsDeletion).SelectMany(h => h.NotificationIds ?? [])),
                ct
            )
        )
        {
            Offer(notification);
        }

        var many = changed.Where(h => h.NotificationIds is null).ToList();
        if (many.Count > 0)
        {
            foreach (
                var notification in await reader.NotificationsSinceAsync(
                    Distinct(many.Select(h => h.UserId)),
                    many.Min(h => h.At) - Seen.Overlap,
                    ct
                )
            )
            {
                Offer(notification);
            }
        }

        await OfferCountsAsync(Distinct(changed.Select(h => h.UserId)), ct);
        var newest = batch.Max(h => h.At);
        if (newest > DateTime.UnixEpoch)
        {
            RealtimeMetrics.Delivered(batch.Count, time.GetUtcNow().UtcDateTime - newest);
        }
    }

    private async Task ReadAgainAsync(TimeSpan span, CancellationToken ct)
    {
        foreach (var users in subscribers.Keys.Chunk(UsersPerStatement))
        {
            var since = await reader.NowAsync(ct) - span - Seen.Overlap;
            foreach (var job in await reader.JobsSinceAsync(users, since, ct))
            {
                Offer(job);
            }

            var notifications = await reader.NotificationsSinceAsync(users, since, ct);
            foreach (var notification in notifications)
            {
                Offer(notification);
            }

            await OfferCountsAsync(Distinct(notifications.Select(n => n.UserId)), ct);
        }
    }

    private async Task OfferCountsAsync(Guid[] users, CancellationToken ct)
    {
        foreach (var count in await reader.UnreadCountsAsync(users, time.GetUtcNow().UtcDateTime, ct))
        {
            Offer(count);
        }
    }

    private void Offer(FeedEvent e)
    {
        if (subscribers.TryGetValue(e.UserId, out var clients))
        {
            foreach (var client in clients)
            {
                client.Offer(e);
            }
        }
    }

    private static Guid[] Distinct(IEnumerable<Guid> ids) => [.. ids.Distinct()];

    private void Remove(IFeedSubscriber subscriber)
    {
        while (subscribers.TryGetValue(subscriber.UserId, out var clients))
        {
            var rest = clients.Remove(subscriber);
            var pair = new KeyValuePair<Guid, ImmutableArray<IFeedSubscriber>>(subscriber.UserId, clients);
            if (rest.IsEmpty ? subscribers.TryRemove(pair) : subscribers.TryUpdate(subscriber.UserId, rest, clients))
            {
                return;
            }
        }
    }

    private sealed class Subscription(EventFeed feed, IFeedSubscriber subscriber) : IDisposable
    {
        public void Dispose() => feed.Remove(subscriber);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Events could not be read, trying again: {Reason}")]
        public static partial void ReadFailed(ILogger logger, string reason);
    }
}
