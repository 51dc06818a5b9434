using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Benchmarks.Measures;

/// <summary>An open connection for events, read in the background; tells when a text was seen on it.</summary>
internal abstract class EventReader : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;
    private (string Mark, TaskCompletionSource<long> Seen)? wanted;

    protected abstract Task ReadAsync(CancellationToken stop);

    /// <returns>The timestamp at which the text was read.</returns>
    public Task<long> SeenAsync(string mark, CancellationToken ct)
    {
        var seen = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            wanted = (mark, seen);
        }

        return seen.Task.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await reading;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or WebSocketException)
        {
            // It ends so.
        }

        Close();
        stop.Dispose();
    }

    protected async Task<EventReader> StartAsync()
    {
        reading = Task.Run(() => ReadAsync(stop.Token));
        await Task.WhenAny(joined.Task, reading).WaitAsync(TimeSpan.FromSeconds(30));
        if (!joined.Task.IsCompleted)
        {
            await reading;
            throw new InvalidOperationException("The connection ended before it was joined.");
        }

        return this;
    }

    protected void Joined() => joined.TrySetResult();

    protected void Read(string text)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            if (wanted is { } one && text.Contains(one.Mark, StringComparison.Ordinal))
            {
                one.Seen.TrySetResult(now);
            }
        }
    }

    protected abstract void Close();
}

/// <summary>Server-sent events.</summary>
internal sealed class EventStream(HttpClient http, string token) : EventReader
{
    public static Task<EventReader> OpenAsync(Uri api, string token) =>
        new EventStream(new HttpClient { BaseAddress = api, Timeout = Timeout.InfiniteTimeSpan }, token).StartAsync();

    protected override async Task ReadAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("event: ready", StringComparison.Ordinal) || line.StartsWith("event:ready", StringComparison.Ordinal))
            {
                Joined();
            }

            Read(line);
        }
    }

    protected override void Close() => http.Dispose();
}

/// <summary>A Socket.IO client in the namespace /notifications.</summary>
internal sealed class EventSocket(Uri api, string token) : EventReader
{
    private readonly ClientWebSocket socket = new();

    public static Task<EventReader> OpenAsync(Uri api, string token) => new EventSocket(api, token).StartAsync();

    protected override async Task ReadAsync(CancellationToken stop)
    {
        var address = new UriBuilder(api)
        {
            Scheme = "ws",
            Path = "/socket.io/",
            Query = "EIO=4&transport=websocket",
        };
        await socket.ConnectAsync(address.Uri, stop);
        var buffer = new byte[16 * 1024];
        while (socket.State == WebSocketState.Open)
        {
            var text = new StringBuilder();
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, stop);
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            } while (!part.EndOfMessage);
            await AnswerAsync(text.ToString(), stop);
        }
    }

    protected override void Close() => socket.Dispose();

    private async Task AnswerAsync(string text, CancellationToken stop)
    {
        if (text.StartsWith('0'))
        {
            await SendAsync("40/notifications," + JsonSerializer.Serialize(new { token }), stop);
        }
        else if (text == "2")
        {
            await SendAsync("3", stop);
        }
        else if (text.Contains("initial-notifications", StringComparison.Ordinal))
        {
            Joined();
        }

        Read(text);
    }

    private Task SendAsync(string text, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, stop);
}
