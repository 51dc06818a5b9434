using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>An Engine.IO WebSocket spoken by hand: what is sent is exactly what the test says.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private readonly ClientWebSocket socket;
    private readonly ConcurrentQueue<string> received = new();
    private readonly Task reading;
    private volatile bool answersPings = true;

    private RawSocket(ClientWebSocket socket)
    {
        this.socket = socket;
        reading = ReadAsync();
    }

    public IReadOnlyList<string> Received => [.. received];

    /// <summary>The server's close code once the connection is over.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public bool HasEnded => reading.IsCompleted;

    public static async Task<RawSocket> OpenAsync(
        Uri api,
        string query = "EIO=4&transport=websocket",
        params (string Name, string Value)[] headers
    )
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        var address = new UriBuilder(api)
        {
            Scheme = "ws",
            Path = "/socket.io/",
            Query = query,
        };
        try
        {
            await socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            throw new RefusedException((int)socket.HttpStatusCode);
        }

        return new RawSocket(socket);
    }

    public RawSocket Silent()
    {
        answersPings = false;
        return this;
    }

    public Task SendAsync(string packet) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task SendBinaryAsync(byte[] bytes) =>
        socket.SendAsync(bytes, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    /// <summary>Joins and waits for the answer.</summary>
    public async Task<string> JoinAsync(string space, object? auth = null)
    {
        await SendAsync($"40{space},{(auth is null ? "" : JsonSerializer.Serialize(auth))}");
        return await PacketAsync(
            p => p.StartsWith($"40{space},", StringComparison.Ordinal) || p.StartsWith($"44{space},", StringComparison.Ordinal),
            $"the answer to joining {space}"
        );
    }

    /// <summary>First argument of the first such event.</summary>
    public async Task<JsonElement> EventAsync(string space, string name, Func<JsonElement, bool>? where = null)
    {
        await PacketAsync(_ => Events(space, name).Any(e => where is null || where(e)), $"{name} in {space}");
        return Events(space, name).First(e => where is null || where(e));
    }

    public IReadOnlyList<JsonElement> Events(string space, string name) =>
        [
            .. received
                .Where(p => p.StartsWith($"42{space},[\"{name}\",", StringComparison.Ordinal))
                .Select(p => JsonDocument.Parse(p[(p.IndexOf(',', StringComparison.Ordinal) + 1)..]).RootElement[1]),
        ];

    public Task<string> PacketAsync(Func<string, bool> where, string what) =>
        Eventually.ValueAsync(
            () => Task.FromResult(received.FirstOrDefault(where)),
            $"{what} comes (so far: {string.Join(" | ", received.Select(p => p.Length > 80 ? p[..80] : p))}; closed: {CloseStatus})"
        );

    public Task EndAsync(TimeSpan? within = null) =>
        Eventually.TrueAsync(() => Task.FromResult(HasEnded), "the server ends the connection", within);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1024 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                } while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                var text = Encoding.UTF8.GetString(buffer, 0, length);
                received.Enqueue(text);
                if (text == "2" && answersPings)
                {
                    await socket.SendAsync("3"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
                }
            }
        }
        catch (Exception exception)
            when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Over.
        }
    }
}

/// <summary>The handshake was answered with this status.</summary>
internal sealed class RefusedException(int status) : Exception($"The handshake was answered with {status}.")
{
    public int Status => status;
}
