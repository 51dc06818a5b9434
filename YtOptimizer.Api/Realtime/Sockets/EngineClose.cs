using System.Net.WebSockets;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>Why a session ends, with the WebSocket close code that says so.</summary>
internal sealed record EngineClose(string Reason, WebSocketCloseStatus Status, string Text)
{
    public static readonly EngineClose Client = new("client", WebSocketCloseStatus.NormalClosure, "");
    public static readonly EngineClose Timeout = new("timeout", WebSocketCloseStatus.NormalClosure, "ping timeout");
    public static readonly EngineClose Revoked = new("revoked", WebSocketCloseStatus.PolicyViolation, "signed out");
    public static readonly EngineClose Slow = new("slow", WebSocketCloseStatus.PolicyViolation, "too slow");
    public static readonly EngineClose Protocol = new("protocol", WebSocketCloseStatus.ProtocolError, "the packet breaks the protocol");
    public static readonly EngineClose TooBig = new("protocol", WebSocketCloseStatus.MessageTooBig, "the message is too large");
    public static readonly EngineClose Binary = new(
        "protocol",
        WebSocketCloseStatus.InvalidMessageType,
        "binary messages are not supported"
    );

    /// <summary>1013, try again later: clients reconnect after a while.</summary>
    public static readonly EngineClose Unavailable = new("unavailable", (WebSocketCloseStatus)1013, "try again later");

    /// <summary>1012, service restart: clients reconnect at once.</summary>
    public static readonly EngineClose Drain = new("drain", (WebSocketCloseStatus)1012, "service restart, reconnect");
}

/// <summary>What the handshake request said about the client. Nothing else of it is kept.</summary>
internal sealed record EngineHandshake(string? SessionCookie, string? Authorization);
