using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Realtime.Feed;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>Admits clients to namespaces and answers their events.</summary>
internal sealed partial class SocketConnections(
    IEnumerable<ISocketNamespace> namespaces,
    SocketIdentity identities,
    EventFeed feed,
    JoinGate gate,
    ConnectionLimits limits,
    AccessState access,
    IOptions<RealtimeOptions> options,
    TimeProvider time,
    ILogger<SocketConnections> logger
)
{
    private const int LongestPid = 64;
    private readonly Dictionary<string, ISocketNamespace> namespaces = namespaces.ToDictionary(space => space.Name, StringComparer.Ordinal);

    public SocketConnection Create(EngineSession session) => new(session, this);

    /// <summary>False when the client was refused, which it has been told, or has gone.</summary>
    public async Task<bool> JoinAsync(EngineSession session, SocketConnection connection, SocketPacket packet, CancellationToken ct)
    {
        if (!namespaces.TryGetValue(packet.Namespace, out var space))
        {
            return Refuse(session, packet.Namespace, "Invalid namespace", "invalid_namespace");
        }

        var (identity, error, code) = await identities.OfAsync(session.Handshake, packet.Data, connection.Proven, ct);
        if (identity is null)
        {
            return Refuse(session, packet.Namespace, error!, code!);
        }

        if (limits.TryJoin(identity.UserId) is not { } place)
        {
            return Refuse(session, packet.Namespace, "Too many connections", "too_many_connections");
        }

        var known = Known(packet.Data, out var pid);
        var socket = new NamespaceSocket(session, space, identity, NewId(), pid ?? NewId(), options.Value.QueueLength);
        socket.Hold(place);
        // First the subscription, then the rows: what happens in between waits.
        socket.Hold(feed.Subscribe(socket));
        if (!connection.TryEnter(socket))
        {
            return false;
        }

        using (await gate.EnterAsync(ct))
        {
            if (known is null)
            {
                socket.Begin(await space.SnapshotAsync(identity.UserId, ct));
            }
            else
            {
                socket.Resume(known, await space.MissedAsync(identity.UserId, known.Newest - Seen.Overlap, ct));
            }
        }

        var watch = access.Follow(identity);
        socket.Hold(watch);
        socket.Hold(watch.Revoked.Register(() => connection.Revoke(socket)));
        return true;
    }

    public async Task<SocketReply> AnswerAsync(NamespaceSocket socket, SocketPacket packet, CancellationToken ct)
    {
        try
        {
            return await socket.Space.AnswerAsync(socket.UserId, packet.EventName!, packet.FirstArgument, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.AnswerFailed(logger, exception.Message);
            return SocketReply.Error("This did not work at this moment. Try again shortly.");
        }
    }

    public Task PauseAsync(TimeSpan pause) => Task.Delay(pause, time);

    public void JoinFailed(Exception exception) => Log.JoinFailed(logger, exception.Message);

    // What socket.io-client calls connection state recovery: it sends back the id it was given and the last argument of its last event.
    private Seen? Known(JsonElement? auth, out string? pid)
    {
        pid =
            Text(auth, "pid") is { Length: <= LongestPid } sent && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? sent
                : null;
        var known = pid is null ? null : Seen.Parse(Text(auth, "offset"));
        if (known is null || known.Newest < time.GetUtcNow().UtcDateTime - FeedReader.LongestAbsence)
        {
            pid = null;
            return null;
        }

        return known;
    }

    private static string? Text(JsonElement? auth, string name) =>
        auth is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Refuse(EngineSession session, string space, string message, string code)
    {
        RealtimeMetrics.ConnectionRefused(
            code == "too_many_connections" ? "limit"
            : code == "invalid_namespace" ? "protocol"
            : "token"
        );
        session.Send(
            SocketPacket.Encode(
                SocketPacketType.ConnectError,
                space,
                JsonSerializer.Serialize(new { message, data = new { code } }, RealtimeJson.Options)
            )
        );
        return false;
    }

    private static string NewId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A client could not join: {Reason}")]
        public static partial void JoinFailed(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "A client's event could not be answered: {Reason}")]
        public static partial void AnswerFailed(ILogger logger, string reason);
    }
}
