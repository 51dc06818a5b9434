using System.Text.Json;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>
/// A client in a namespace. From the subscription until the stored rows are shown, events wait; afterwards each is sent unless the client
/// knows it. Every event carries the client's cursor as its last argument: with it socket.io-client (4.6 and later) returns to any process.
/// </summary>
internal sealed class NamespaceSocket(
    EngineSession session,
    ISocketNamespace space,
    AccessIdentity identity,
    string sid,
    string pid,
    int capacity
) : IFeedSubscriber
{
    private readonly Lock gate = new();
    private readonly List<IDisposable> held = [];
    private Seen seen = new();
    private List<FeedEvent>? waiting = [];
    private bool hasLeft;
    private bool isRefreshing;

    public Guid UserId => identity.UserId;

    public AccessIdentity Identity => identity;

    public ISocketNamespace Space => space;

    /// <summary>Disposed when the client leaves, now if it has left.</summary>
    public void Hold(IDisposable resource)
    {
        lock (gate)
        {
            if (!hasLeft)
            {
                held.Add(resource);
                return;
            }
        }

        resource.Dispose();
    }

    public void Offer(FeedEvent e)
    {
        lock (gate)
        {
            if (hasLeft)
            {
                return;
            }

            if (waiting is null)
            {
                Deliver(e);
            }
            else if (waiting.Count < capacity)
            {
                waiting.Add(e);
            }
            else
            {
                session.Close(EngineClose.Slow);
            }
        }
    }

    /// <summary>Admits the client and shows it where things stand.</summary>
    public void Begin(SocketSnapshot snapshot)
    {
        lock (gate)
        {
            Admit();
            foreach (var shown in snapshot.Shown)
            {
                seen.Advance(shown);
            }

            foreach (var e in snapshot.Events)
            {
                Emit(e, seen.Cursor(), isWelcome: true);
            }

            Release();
        }
    }

    /// <summary>Admits a client that returns, and tells it what it missed.</summary>
    public void Resume(Seen known, IReadOnlyList<FeedEvent> missed)
    {
        lock (gate)
        {
            seen = known;
            Admit();
            foreach (var e in missed)
            {
                Deliver(e, isWelcome: true);
            }

            Release();
        }
    }

    /// <summary>The user's access was revoked: the client is told to go and not to come back by itself.</summary>
    public void Revoke()
    {
        if (Leave())
        {
            session.Send(SocketPacket.Encode(SocketPacketType.Disconnect, space.Name, null));
        }
    }

    /// <summary>False when it had left before.</summary>
    public bool Leave()
    {
        List<IDisposable> resources;
        lock (gate)
        {
            if (hasLeft)
            {
                return false;
            }

            hasLeft = true;
            resources = [.. held];
            held.Clear();
        }

        resources.ForEach(resource => resource.Dispose());
        return true;
    }

    /// <summary>Events to this client alone.</summary>
    public void Reply(SocketReply reply, int? ackId)
    {
        lock (gate)
        {
            foreach (var e in reply.Events)
            {
                Emit(e, null);
            }
        }

        if (ackId is { } id)
        {
            session.Send(
                SocketPacket.Encode(SocketPacketType.Ack, space.Name, $"[{JsonSerializer.Serialize(reply.Ack, RealtimeJson.Options)}]", id)
            );
        }
    }

    private void Admit() =>
        session.Send(SocketPacket.Encode(SocketPacketType.Connect, space.Name, $"{{\"sid\":\"{sid}\",\"pid\":\"{pid}\"}}"));

    private void Release()
    {
        var events = waiting ?? [];
        waiting = null;
        events.ForEach(e => Deliver(e));
    }

    private void Deliver(FeedEvent e, bool isWelcome = false)
    {
        var isKnown = seen.Knows(e.EntityId);
        if (!seen.Advance(e))
        {
            return;
        }

        var cursor = seen.Cursor();
        foreach (var rendered in space.Render(e, isKnown))
        {
            Emit(rendered, cursor, isWelcome);
        }

        if (space.ChangesList(e, isKnown) && !isRefreshing)
        {
            isRefreshing = true;
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var snapshot = await space.SnapshotAsync(UserId, CancellationToken.None);
            lock (gate)
            {
                isRefreshing = false;
                foreach (var e in hasLeft ? [] : snapshot.Events)
                {
                    Emit(e, seen.Cursor(), isWelcome: true);
                }
            }
        }
        catch (Exception)
        {
            // The client comes back and is shown everything.
            session.Close(EngineClose.Unavailable);
        }
    }

    private void Emit(SocketEvent e, string? cursor, bool isWelcome = false) =>
        session.Send(
            SocketPacket.Encode(
                SocketPacketType.Event,
                space.Name,
                cursor is null ? $"[\"{e.Name}\",{e.Json}]" : $"[\"{e.Name}\",{e.Json},\"{cursor}\"]"
            ),
            isWelcome
        );
}
