using System.Text;
using System.Text.Json;
using YtOptimizer.Api.Realtime.Feed;

namespace YtOptimizer.Api.Realtime.ServerSent;

/// <summary>Writes text/event-stream. The id of an event is the client's cursor after it.</summary>
internal sealed class EventWriter(HttpResponse response, Seen seen)
{
    private readonly StringBuilder text = new();

    /// <summary>Adds the event unless the client knows it.</summary>
    public void Add(FeedEvent e)
    {
        if (seen.Advance(e))
        {
            Append(e.Name, e.Data);
        }
    }

    /// <summary>These have been told in another way.</summary>
    public void Learn(IEnumerable<FeedEvent> events)
    {
        foreach (var e in events)
        {
            seen.Advance(e);
        }
    }

    /// <summary>Adds an event that is not one of the feed.</summary>
    public void Add(string name, object body) => Append(name, JsonSerializer.Serialize(body, RealtimeJson.Options));

    /// <summary>A line that clients ignore and proxies see.</summary>
    public void AddComment(string comment) => text.Append(": ").Append(comment).Append("\n\n");

    /// <summary>How long the client waits before it comes back.</summary>
    public void AddRetry(int milliseconds) => text.Append("retry: ").Append(milliseconds).Append("\n\n");

    public async Task FlushAsync(CancellationToken ct)
    {
        if (text.Length > 0)
        {
            await response.WriteAsync(text.ToString(), ct);
            text.Clear();
        }

        await response.Body.FlushAsync(ct);
    }

    private void Append(string name, string json)
    {
        if (seen.Cursor() is { } cursor)
        {
            text.Append("id: ").Append(cursor).Append('\n');
        }

        // Serialised JSON has no line breaks.
        text.Append("event: ").Append(name).Append("\ndata: ").Append(json).Append("\n\n");
    }
}
