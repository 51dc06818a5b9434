using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace YtOptimizer.Api.Realtime.Sockets;

/// <summary>Text messages over a WebSocket: one packet each. A silent connection holds no buffer.</summary>
internal static class WebSocketTransport
{
    private const int FirstBuffer = 1024;
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The next message; null with the reason when there is none, and the connection is over.</summary>
    public static async Task<(string? Text, EngineClose? End)> ReceiveAsync(WebSocket socket, int maxBytes, CancellationToken ct)
    {
        byte[]? buffer = null;
        try
        {
            // Nothing is read until something is there.
            var first = await socket.ReceiveAsync(Memory<byte>.Empty, ct);
            if (first.MessageType == WebSocketMessageType.Close)
            {
                return (null, EngineClose.Client);
            }

            if (first is { EndOfMessage: true, MessageType: WebSocketMessageType.Text })
            {
                return ("", null);
            }

            buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
                if (part.MessageType != WebSocketMessageType.Text)
                {
                    return (null, part.MessageType == WebSocketMessageType.Close ? EngineClose.Client : EngineClose.Binary);
                }

                if (length > maxBytes)
                {
                    return (null, EngineClose.TooBig);
                }

                if (part.EndOfMessage)
                {
                    return (Encoding.UTF8.GetString(buffer, 0, length), null);
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (Exception exception)
            when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return (null, EngineClose.Client);
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public static async Task SendAsync(WebSocket socket, string packet)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(packet.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(packet, buffer);
            using var timeout = new CancellationTokenSource(SendTimeout);
            await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Says why, and gives the client a moment to answer.</summary>
    public static async Task CloseAsync(WebSocket socket, EngineClose why)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var timeout = new CancellationTokenSource(CloseTimeout);
            await socket.CloseOutputAsync(why.Status, why.Text, timeout.Token);
        }

        if (why != EngineClose.Client)
        {
            await Task.Delay(CloseTimeout, TimeProvider.System);
            socket.Abort();
        }
    }
}
