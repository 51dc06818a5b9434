using System.Text.Json;
using YtOptimizer.Api.Realtime.Feed;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>An event for a client: its name and its one argument as JSON.</summary>
internal readonly record struct SocketEvent(string Name, string Json)
{
    public static SocketEvent Of(string name, object body) => new(name, JsonSerializer.Serialize(body, RealtimeJson.Options));
}

/// <summary>What a client's event brings about: events to the caller, and the argument of the acknowledgement. An error is both.</summary>
internal sealed record SocketReply(IReadOnlyList<SocketEvent> Events, object Ack)
{
    public static SocketReply Error(string message) =>
        new([SocketEvent.Of("exception", new { status = "error", message })], new { status = "error", message });
}

/// <summary>What is known of a user when a client joins: packets to show it, and the versions of what they show.</summary>
internal sealed record SocketSnapshot(IReadOnlyList<SocketEvent> Events, IReadOnlyList<FeedEvent> Shown);

/// <summary>A namespace: which of the feed's events it shows, how, and what clients may ask.</summary>
internal interface ISocketNamespace
{
    string Name { get; }

    /// <summary>Everything, for a client that begins.</summary>
    Task<SocketSnapshot> SnapshotAsync(Guid userId, CancellationToken ct);

    /// <summary>What a returning client has missed, oldest first.</summary>
    Task<IReadOnlyList<FeedEvent>> MissedAsync(Guid userId, DateTime since, CancellationToken ct);

    /// <summary>
    /// Empty for events that this namespace does not show. <paramref name="isKnown"/>: the client knows an earlier version.
    /// </summary>
    IReadOnlyList<SocketEvent> Render(FeedEvent e, bool isKnown);

    /// <summary>The change cannot be told by an event of the protocol: the whole state is sent again.</summary>
    bool ChangesList(FeedEvent e, bool isKnown);

    Task<SocketReply> AnswerAsync(Guid userId, string name, JsonElement? argument, CancellationToken ct);
}
