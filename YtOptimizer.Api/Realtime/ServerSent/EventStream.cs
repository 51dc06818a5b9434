using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.ServerSent;

/// <summary>
/// <c>GET /api/v1/events</c>: what happens to the caller's jobs and notifications, as server-sent events (docs/REALTIME.md).
/// </summary>
internal sealed class EventStream(
    EventFeed feed,
    FeedReader reader,
    JoinGate gate,
    ConnectionLimits limits,
    AccessState access,
    RealtimeDrain drain,
    IOptions<RealtimeOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(10);
    private const int RetryMilliseconds = 2000;

    [Refuses(400, "token_in_query")]
    [Refuses(429, "too_many_connections")]
    [Refuses(503, "draining")]
    public static async Task<IResult> Handle(HttpContext context, EventStream stream)
    {
        if (HandshakeRules.TokenInQuery(context.Request))
        {
            return Problems.BadRequest(
                "token_in_query",
                "A token in the address ends up in logs. Send it in the Authorization header, or rely on the session cookie."
            );
        }

        return await stream.RunAsync(context) ?? Results.Empty;
    }

    private async Task<IResult?> RunAsync(HttpContext context)
    {
        var identity = AccessTokens.Identify(context.User.Identities.FirstOrDefault(i => i.HasClaim(c => c.Type == "sub")))
            ?? throw new InvalidOperationException("The policy lets only identified accounts in.");
        if (drain.HasBegun)
        {
            return Problems.Unavailable("draining", "This process is stopping. Connect again in a moment.", TimeSpan.FromSeconds(1));
        }

        using var place = limits.TryConnect(ClientAddress.Key(context));
        using var join = place is null ? null : limits.TryJoin(identity.UserId);
        if (join is null)
        {
            RealtimeMetrics.ConnectionRefused("limit");
            return Problems.TooMany(
                "too_many_connections",
                "Too many live connections are open. Close some, or try again later.",
                WhenFull
            );
        }

        var subscriber = new StreamSubscriber(identity.UserId, options.Value.QueueLength);
        using var subscription = feed.Subscribe(subscriber);
        using var watch = access.Follow(identity);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, watch.Revoked, drain.Token);
        RealtimeMetrics.ConnectionOpened("sse");
        try
        {
            await StreamAsync(context, identity.UserId, subscriber, end.Token);
            RealtimeMetrics.ConnectionClosed("sse", "slow");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            var reason =
                context.RequestAborted.IsCancellationRequested ? "client"
                : watch.Revoked.IsCancellationRequested ? "revoked"
                : "drain";
            RealtimeMetrics.ConnectionClosed("sse", reason);
            await SayGoodbyeAsync(context, reason);
        }

        return null;
    }

    private async Task StreamAsync(HttpContext context, Guid userId, StreamSubscriber subscriber, CancellationToken ct)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var cursor = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header
            ? header
            : context.Request.Query["lastEventId"].ToString();
        var resumed =
            Seen.Parse(cursor) is { } parsed && parsed.Newest > time.GetUtcNow().UtcDateTime - FeedReader.LongestAbsence ? parsed : null;
        var writer = new EventWriter(response, resumed ?? new Seen());
        writer.AddRetry(RetryMilliseconds);
        using (await gate.EnterAsync(ct))
        {
            await GreetAsync(writer, userId, resumed, ct);
        }

        await writer.FlushAsync(ct);
        var more = subscriber.Reader.WaitToReadAsync(ct).AsTask();
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (await Task.WhenAny(more, Task.Delay(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), time, silence.Token)) != more)
            {
                writer.AddComment("ping");
                await writer.FlushAsync(ct);
                continue;
            }

            await silence.CancelAsync();
            if (!await more)
            {
                return;
            }

            while (subscriber.Reader.TryRead(out var e))
            {
                writer.Add(e);
            }

            await writer.FlushAsync(ct);
            more = subscriber.Reader.WaitToReadAsync(ct).AsTask();
        }
    }

    /// <summary>Where things stand: everything for a new client, what it missed for one that returns.</summary>
    private async Task GreetAsync(EventWriter writer, Guid userId, Seen? resumed, CancellationToken ct)
    {
        writer.Add(
            "ready",
            new
            {
                userId,
                resumed = resumed is not null,
                at = time.GetUtcNow().UtcDateTime,
            }
        );
        if (resumed is null)
        {
            foreach (var job in await reader.RecentJobsAsync(userId, ct))
            {
                writer.Add(job);
            }

            var unread = await reader.UnreadAsync(userId, ct);
            writer.Learn(unread.Notifications.Select(n => new NotificationChanged(n)));
            writer.Add("notifications", unread);
            return;
        }

        var since = resumed.Newest - Seen.Overlap;
        foreach (
            var missed in (await reader.JobsSinceAsync([userId], since, ct))
                .Where(job => job.At > since)
                .Cast<FeedEvent>()
                .Concat(await reader.NotificationsSinceAsync([userId], since, ct))
                .OrderBy(e => e.At)
        )
        {
            writer.Add(missed);
        }

        foreach (var count in await reader.UnreadCountsAsync([userId], time.GetUtcNow().UtcDateTime, ct))
        {
            writer.Add(count);
        }
    }

    // A hint for the client: come back at once (drain), or sign in again (revoked). Nobody is left to hear it when the client went away.
    private static async Task SayGoodbyeAsync(HttpContext context, string reason)
    {
        if (reason == "client" || !context.Response.HasStarted)
        {
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            var writer = new EventWriter(context.Response, new Seen());
            writer.AddRetry(reason == "drain" ? RetryMilliseconds / 4 : RetryMilliseconds);
            writer.Add("goodbye", new { reason });
            await writer.FlushAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It was a courtesy.
        }
    }
}
