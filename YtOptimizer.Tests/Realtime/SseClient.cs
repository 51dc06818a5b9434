using System.Net.ServerSentEvents;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Realtime;

/// <summary>One event as a browser's EventSource shows it.</summary>
internal sealed record SseEvent(string Name, JsonElement Data, string? Id);

/// <summary>Reads <c>/api/v1/events</c> in the background and keeps what came.</summary>
internal sealed class SseClient : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<SseEvent> events = [];
    private readonly HttpResponseMessage response;
    private readonly Task reading;

    private SseClient(HttpResponseMessage response)
    {
        this.response = response;
        reading = ReadAsync();
    }

    /// <summary>The last id that came, as a browser would send it back.</summary>
    public string? LastId { get; private set; }

    /// <summary>True once the server has ended the stream.</summary>
    public bool HasEnded => reading.IsCompleted;

    public IReadOnlyList<SseEvent> Events
    {
        get
        {
            lock (events)
            {
                return [.. events];
            }
        }
    }

    public static async Task<SseClient> OpenAsync(HttpClient client, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new SseClient(response);
    }

    public IReadOnlyList<SseEvent> Named(string name) => [.. Events.Where(e => e.Name == name)];

    public Task<SseEvent> FirstAsync(string name, Func<JsonElement, bool>? where = null) =>
        Eventually.ValueAsync(
            () => Task.FromResult(Named(name).FirstOrDefault(e => where is null || where(e.Data))),
            $"the event {name} comes (so far: {string.Join(' ', Events.Select(e => e.Name))})"
        );

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        response.Dispose();
        await reading;
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(stop.Token))
            {
                lock (events)
                {
                    LastId = item.EventId ?? LastId;
                    events.Add(new SseEvent(item.EventType, JsonDocument.Parse(item.Data).RootElement, item.EventId));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            // The end of the stream, from one side or the other.
        }
    }
}
