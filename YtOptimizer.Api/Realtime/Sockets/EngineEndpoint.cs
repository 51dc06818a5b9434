using System.Text;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>
/// <c>/socket.io/</c>: the HTTP side of Engine.IO 4. WebSocket works on any process; long polling needs the client's requests to reach the
/// same process (a load balancer with sticky sessions), and elsewhere is told "Session ID unknown", on which clients connect anew.
/// </summary>
internal sealed class EngineEndpoint(
    EngineSessions sessions,
    SocketConnections connections,
    ConnectionLimits limits,
    RealtimeDrain drain,
    OriginCheck origins,
    IOptions<RealtimeOptions> options
)
{
    private const int UnknownTransport = 0;
    private const int UnknownSession = 1;
    private const int BadMethod = 2;
    private const int BadRequest = 3;
    private const int Forbidden = 4;
    private const int UnsupportedVersion = 5;

    public static Task Handle(HttpContext context, EngineEndpoint endpoint) => endpoint.HandleAsync(context);

    private Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!origins.IsAllowed(context))
        {
            return RefuseAsync(context, 403, Forbidden, "Forbidden: pages of this origin may not connect", "origin");
        }

        if (HandshakeRules.TokenInQuery(context.Request))
        {
            return RefuseAsync(context, 400, BadRequest, "Bad request: send the token in auth, not in the address", "token");
        }

        if (query["EIO"] != "4")
        {
            return RefuseAsync(context, 400, UnsupportedVersion, "Unsupported protocol version: EIO=4 is spoken here", "protocol");
        }

        var transport = query["transport"].ToString();
        if (transport is not ("polling" or "websocket"))
        {
            return RefuseAsync(context, 400, UnknownTransport, "Transport unknown", "protocol");
        }

        if (transport == "websocket" != context.WebSockets.IsWebSocketRequest)
        {
            return RefuseAsync(context, 400, BadRequest, "Bad request", "protocol");
        }

        if (query["sid"].ToString() is not { Length: > 0 } sid)
        {
            return HttpMethods.IsPost(context.Request.Method)
                ? RefuseAsync(context, 400, BadMethod, "Bad handshake method", "protocol")
                : OpenAsync(context);
        }

        return sessions.Find(sid) is { } session
            ? transport == "websocket"
                ? UpgradeAsync(context, session)
                : PollAsync(context, session)
            : RefuseAsync(context, 400, UnknownSession, "Session ID unknown", "session");
    }

    private async Task OpenAsync(HttpContext context)
    {
        if (drain.HasBegun)
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, 503, BadRequest, "This process is stopping, connect again", "draining");
            return;
        }

        if (limits.TryConnect(ClientAddress.Key(context)) is not { } place)
        {
            context.Response.Headers.RetryAfter = "10";
            await RefuseAsync(context, 429, Forbidden, "Too many connections", "limit");
            return;
        }

        var cookie = origins.MaySendCookies(context) ? context.Request.Cookies[SessionCookieCheck.Name] : null;
        var authorization = context.Request.Headers.Authorization.ToString();
        var session = sessions.Open(
            new EngineHandshake(cookie, authorization.Length > 0 ? authorization : null),
            place,
            connections.Create
        );
        if (!context.WebSockets.IsWebSocketRequest)
        {
            RealtimeMetrics.ConnectionOpened("polling");
            await AnswerAsync(context, await session.PollAsync(context.RequestAborted));
            return;
        }

        RealtimeMetrics.ConnectionOpened("websocket");
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            session.Attach(socket);
            await ReadAsync(session, socket, context.RequestAborted);
        }
        finally
        {
            session.Close(EngineClose.Client);
        }
    }

    private async Task ReadAsync(EngineSession session, System.Net.WebSockets.WebSocket socket, CancellationToken ct)
    {
        while (true)
        {
            var (text, end) = await WebSocketTransport.ReceiveAsync(socket, options.Value.MaxPayloadBytes, ct);
            if (text is null)
            {
                session.Close(end!);
                await session.SentAsync();
                return;
            }

            if (session.IsOpen)
            {
                await session.ReceiveAsync(text, ct);
            }
        }
    }

    private async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!session.TryBeginUpgrade())
        {
            await RefuseAsync(context, 400, BadRequest, "Bad request", "protocol");
            return;
        }

        var upgraded = false;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            timeout.CancelAfter(TimeSpan.FromSeconds(10));
            var (probe, _) = await WebSocketTransport.ReceiveAsync(socket, options.Value.MaxPayloadBytes, timeout.Token);
            if (probe == "2probe")
            {
                await WebSocketTransport.SendAsync(socket, "3probe");
                session.ReleasePoll();
                var (upgrade, _) = await WebSocketTransport.ReceiveAsync(socket, options.Value.MaxPayloadBytes, timeout.Token);
                upgraded = upgrade == "5";
            }
        }
        finally
        {
            session.EndUpgrade(upgraded ? socket : null);
        }

        if (!upgraded)
        {
            socket.Abort();
            return;
        }

        try
        {
            await ReadAsync(session, socket, context.RequestAborted);
        }
        finally
        {
            session.Close(EngineClose.Client);
        }
    }

    private async Task PollAsync(HttpContext context, EngineSession session)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            try
            {
                await AnswerAsync(context, await session.PollAsync(context.RequestAborted));
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client gave the poll up; its next one, or the heartbeat, decides.
            }

            return;
        }

        if (await ReadPayloadAsync(context) is not { } payload)
        {
            session.Close(EngineClose.TooBig);
            await RefuseAsync(context, 413, BadRequest, "Payload too large", "protocol");
            return;
        }

        if (!await session.PostAsync(payload, context.RequestAborted) && session.IsOpen)
        {
            session.Close(EngineClose.Protocol);
        }

        await (
            session.ClosedFor is "protocol"
                ? RefuseAsync(context, 400, BadRequest, "Bad request", "protocol")
                : WriteAsync(context, 200, "text/html", "ok")
        );
    }

    private async Task<string?> ReadPayloadAsync(HttpContext context)
    {
        var buffer = new byte[Math.Min(options.Value.MaxPayloadBytes, context.Request.ContentLength ?? options.Value.MaxPayloadBytes) + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    private static Task AnswerAsync(HttpContext context, string? payload) =>
        payload is null
            ? RefuseAsync(context, 400, BadRequest, "Bad request", "protocol")
            : WriteAsync(context, 200, "text/plain; charset=UTF-8", payload);

    private static Task RefuseAsync(HttpContext context, int status, int code, string message, string reason)
    {
        RealtimeMetrics.ConnectionRefused(reason);
        return WriteAsync(context, status, "application/json", $"{{\"code\":{code},\"message\":\"{message}\"}}");
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
