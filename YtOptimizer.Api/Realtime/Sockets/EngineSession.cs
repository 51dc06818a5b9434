using System.Net.WebSockets;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>
/// One Engine.IO session: a bounded queue towards the client and the transport that empties it, first long polls, then, after an upgrade,
/// or from the beginning, a WebSocket. Without anything to send it holds no buffer and no task.
/// </summary>
internal sealed partial class EngineSession(string sid, EngineHandshake handshake, RealtimeOptions options, IDisposable place)
{
    /// <summary>Separates packets in a polling payload.</summary>
    public const char Separator = '\u001e';

    private readonly Lock gate = new();
    private readonly Queue<string> queue = new();
    private int characters;
    private WebSocket? socket;
    private bool isSending;
    private bool isUpgrading;
    private bool isPosting;
    private TaskCompletionSource? poll;
    private EngineClose? closing;
    private Task sending = Task.CompletedTask;

    public string Sid => sid;

    public EngineHandshake Handshake => handshake;

    /// <summary>Set by the owner before the session is used.</summary>
    public SocketConnection Connection { get; set; } = null!;

    /// <summary>Called once, when the session ends.</summary>
    public Action<EngineSession>? Ended { get; set; }

    public string Transport => socket is null ? "polling" : "websocket";

    public bool IsOpen => Volatile.Read(ref closing) is null;

    /// <summary>Nothing waits to be sent, and no change of transport is under way.</summary>
    public bool IsSettled
    {
        get
        {
            lock (gate)
            {
                return queue.Count == 0 && !isUpgrading;
            }
        }
    }

    /// <summary>Reason of the end; null while open.</summary>
    public string? ClosedFor => Volatile.Read(ref closing)?.Reason;

    /// <summary>Timestamps of the heartbeat, kept by <see cref="EngineSessions"/>.</summary>
    public long OpenedAt { get; set; }

    public long PingedAt { get; set; }

    /// <summary>A ping waits for its answer.</summary>
    public bool AwaitsPong { get; set; }

    /// <summary>Queues a packet. False when the session has ended, now because the client is too slow, or before.</summary>
    /// <param name="packet">Engine.IO packet.</param>
    /// <param name="isWelcome">Part of what a client is shown when it joins: bounded in itself, and no reason to call the client
    /// slow.</param>
    public bool Send(string packet, bool isWelcome = false)
    {
        bool isFull;
        lock (gate)
        {
            if (closing is not null)
            {
                return false;
            }

            isFull = !isWelcome && (queue.Count >= options.QueueLength || characters + packet.Length > options.QueueCharacters);
            if (!isFull)
            {
                queue.Enqueue(packet);
                characters += packet.Length;
                Wake();
            }
        }

        if (isFull)
        {
            Close(EngineClose.Slow);
        }

        return !isFull;
    }

    /// <summary>Ends the session. What is queued is still sent to a client that reads; a slow one is cut off.</summary>
    public void Close(EngineClose why)
    {
        lock (gate)
        {
            if (closing is not null)
            {
                return;
            }

            closing = why;
            if (why == EngineClose.Slow)
            {
                queue.Clear();
                socket?.Abort();
            }

            Wake();
        }

        place.Dispose();
        Connection.Ended();
        Ended?.Invoke(this);
        RealtimeMetrics.ConnectionClosed(Transport, why.Reason);
    }

    /// <summary>One packet from the client. False when the session has ended.</summary>
    public async Task<bool> ReceiveAsync(string packet, CancellationToken ct)
    {
        switch (packet.Length > 0 ? packet[0] : '\0')
        {
            case '3':
                AwaitsPong = false;
                break;
            case '4':
                await Connection.ReceiveAsync(packet[1..], ct);
                break;
            case '1':
                Close(EngineClose.Client);
                break;
            case 'b':
                Close(EngineClose.Binary);
                break;
            default:
                Close(EngineClose.Protocol);
                break;
        }

        return IsOpen;
    }

    /// <summary>After the end: what was queued, and the close frame, are on their way.</summary>
    public Task SentAsync()
    {
        lock (gate)
        {
            return sending;
        }
    }

    /// <summary>The session's first transport is this WebSocket.</summary>
    public void Attach(WebSocket webSocket)
    {
        lock (gate)
        {
            socket = webSocket;
            Wake();
        }
    }

    // Under the lock.
    private void Wake()
    {
        if (socket is null)
        {
            poll?.TrySetResult();
        }
        else if (!isSending)
        {
            isSending = true;
            sending = FlushAsync(socket);
        }
    }

    private async Task FlushAsync(WebSocket webSocket)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                string? packet;
                lock (gate)
                {
                    if (!queue.TryDequeue(out packet))
                    {
                        if (closing is null)
                        {
                            isSending = false;
                            return;
                        }
                    }
                    else
                    {
                        characters -= packet.Length;
                    }
                }

                if (packet is null)
                {
                    await WebSocketTransport.CloseAsync(webSocket, closing!);
                    return;
                }

                await WebSocketTransport.SendAsync(webSocket, packet);
            }
        }
        catch (Exception exception)
            when (exception
                    is WebSocketException
                        or IOException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // The receiving side notices the same and ends the session.
            webSocket.Abort();
        }
    }
}
