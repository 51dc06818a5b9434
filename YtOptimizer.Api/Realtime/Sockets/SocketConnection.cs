using System.Collections.Concurrent;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>The Socket.IO side of one Engine.IO session: the namespaces that its client is in.</summary>
internal sealed class SocketConnection(EngineSession session, SocketConnections owner)
{
    // More joins than this on one connection are guesses.
    private const int MostJoins = 32;
    private const int MostRevokedPauses = 6;
    private static readonly TimeSpan RevokedPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, NamespaceSocket?> spaces = new(concurrencyLevel: 1, capacity: 2, StringComparer.Ordinal);
    private int joins;
    private volatile bool hasEnded;

    /// <summary>A namespace was joined at some time.</summary>
    public bool HasJoined { get; private set; }

    /// <summary>The user that a namespace of this connection has proven.</summary>
    public AccessIdentity? Proven => spaces.Values.FirstOrDefault(s => s is not null)?.Identity;

    /// <summary>One message from the client.</summary>
    public async Task ReceiveAsync(string text, CancellationToken ct)
    {
        if (SocketPacket.Parse(text) is not { } packet)
        {
            session.Close(EngineClose.Protocol);
            return;
        }

        switch (packet.Type)
        {
            case SocketPacketType.Connect when ++joins > MostJoins:
                session.Close(EngineClose.Protocol);
                break;
            case SocketPacketType.Connect when spaces.TryAdd(packet.Namespace, null):
                // Not awaited: a join reads the database, and pongs must not wait behind it.
                _ = JoinAsync(packet);
                break;
            case SocketPacketType.Connect:
                // socket.io-client says CONNECT twice when the page calls connect() on a socket that is opening already, before it has
                // seen an answer. The first one counts.
                break;
            case SocketPacketType.Disconnect:
                Leave(packet.Namespace);
                break;
            case SocketPacketType.Event when spaces.TryGetValue(packet.Namespace, out var joined) && joined is not null:
                joined.Reply(await owner.AnswerAsync(joined, packet, ct), packet.AckId);
                break;
            case SocketPacketType.Event when HasJoined:
            case SocketPacketType.Ack:
                // For a namespace that was left in the same moment, or an answer to nothing.
                break;
            case SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck:
                session.Close(EngineClose.Binary);
                break;
            default:
                session.Close(EngineClose.Protocol);
                break;
        }
    }

    /// <summary>The session has ended.</summary>
    public void Ended()
    {
        hasEnded = true;
        foreach (var space in spaces.Keys)
        {
            Leave(space);
        }
    }

    /// <summary>From now on the namespace's events are taken. False when the client has left meanwhile.</summary>
    public bool TryEnter(NamespaceSocket socket)
    {
        HasJoined = true;
        if (!hasEnded && spaces.TryUpdate(socket.Space.Name, socket, null))
        {
            return true;
        }

        socket.Leave();
        return false;
    }

    private async Task JoinAsync(SocketPacket packet)
    {
        // Not the request's token: a join by POST outlives its request.
        using var timeout = new CancellationTokenSource(JoinTimeout);
        try
        {
            if (await owner.JoinAsync(session, this, packet, timeout.Token))
            {
                return;
            }
        }
        catch (Exception exception)
        {
            owner.JoinFailed(exception);
            session.Close(EngineClose.Unavailable);
        }

        Leave(packet.Namespace);
    }

    private void Leave(string space)
    {
        if (spaces.TryRemove(space, out var joined))
        {
            joined?.Leave();
        }
    }

    /// <summary>The namespace's user may no longer be there. The session ends with its last namespace.</summary>
    public void Revoke(NamespaceSocket socket)
    {
        socket.Revoke();
        spaces.TryRemove(socket.Space.Name, out _);
        if (spaces.IsEmpty)
        {
            _ = CloseSoonAsync();
        }
    }

    // A client takes in the packet before it sees the end of the connection; the other way round it would come back by itself. In the
    // middle of an upgrade the packet waits for the new transport.
    private async Task CloseSoonAsync()
    {
        for (var pauses = 0; pauses == 0 || (!session.IsSettled && pauses < MostRevokedPauses); pauses++)
        {
            await owner.PauseAsync(RevokedPause);
        }

        if (spaces.IsEmpty)
        {
            session.Close(EngineClose.Revoked);
        }
    }
}
