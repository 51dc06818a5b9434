using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.RollingRestart;

/// <summary>An open client of one user: keeps what it was told of completed jobs, and comes back whenever it is cut off.</summary>
internal abstract class Listener(int user)
{
    private readonly ConcurrentDictionary<Guid, byte> completed = new();

    public int User => user;

    /// <summary>Times the connection ended and was opened again.</summary>
    public int Reconnects { get; private set; }

    public int Refused { get; private set; }

    public bool Knows(Guid job) => completed.ContainsKey(job);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop);
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or WebSocketException or OperationCanceledException)
            {
                // A handshake that is answered with another status than 101 ends in "not a WebSocket".
                var isRefused =
                    exception is HttpRequestException or WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket };
                Refused += isRefused ? 1 : 0;
            }

            if (!stop.IsCancellationRequested)
            {
                Reconnects++;
                // As browsers do: not in the same instant.
                await Task.Delay(250, CancellationToken.None);
            }
        }
    }

    protected abstract Task ListenAsync(CancellationToken stop);

    protected void Completed(string? job)
    {
        if (Guid.TryParse(job, out var id))
        {
            completed[id] = 0;
        }
    }
}

/// <summary>Server-sent events, resumed by Last-Event-ID.</summary>
internal sealed class StreamListener(HttpClient http, string token, int user) : Listener(user)
{
    private string? lastEventId;

    protected override async Task ListenAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        var (name, id) = ("", (string?)null);
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                name = line[6..].Trim();
            }
            else if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                id = line[3..].Trim();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal) && name == "job-completed")
            {
                Completed(JsonDocument.Parse(line[5..]).RootElement.GetProperty("jobId").GetString());
            }
            else if (line.Length == 0)
            {
                // The position counts once the whole event has been read.
                (lastEventId, name) = (id ?? lastEventId, "");
            }
        }
    }
}

/// <summary>A Socket.IO client in the namespace /queue, over WebSocket; joining replays what ended in the last minutes.</summary>
internal sealed class SocketListener(Uri address, string token, int user) : Listener(user)
{
    protected override async Task ListenAsync(CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        var url = new UriBuilder(address)
        {
            Scheme = "ws",
            Path = "/socket.io/",
            Query = "EIO=4&transport=websocket",
        }.Uri;
        await socket.ConnectAsync(url, stop);
        while (socket.State == WebSocketState.Open)
        {
            var text = await ReceiveAsync(socket, stop);
            if (text.StartsWith('0'))
            {
                await SendAsync(socket, "40/queue," + JsonSerializer.Serialize(new { token }), stop);
            }
            else if (text == "2")
            {
                await SendAsync(socket, "3", stop);
            }
            else if (text.StartsWith("42/queue,", StringComparison.Ordinal))
            {
                var packet = JsonDocument.Parse(text["42/queue,".Length..]).RootElement;
                if (packet[0].GetString() == "JOB_COMPLETED")
                {
                    Completed(Job(packet[1]));
                }
            }
        }
    }

    private static string? Job(JsonElement data) =>
        data.TryGetProperty("jobId", out var id) ? id.GetString()
        : data.TryGetProperty("data", out var inner) && inner.TryGetProperty("jobId", out id) ? id.GetString()
        : null;

    private static async Task<string> ReceiveAsync(ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return "";
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }

    private static Task SendAsync(ClientWebSocket socket, string text, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, stop);
}
