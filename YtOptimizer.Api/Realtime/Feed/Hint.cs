using System.Text.Json;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>A payload of <c>yto_events</c>: whom it concerns, and for a running job all there is to say.</summary>
internal sealed record Hint(Guid UserId, JobState? Job, bool IsDeletion, Guid[]? NotificationIds, DateTime At)
{
    /// <summary>Null for what this version does not know.</summary>
    public static Hint? Parse(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            var at = root.TryGetProperty("at", out var seconds) ? DateTime.UnixEpoch.AddSeconds(seconds.GetDouble()) : DateTime.UnixEpoch;
            return root.GetProperty("kind").GetString() switch
            {
                "job" => new Hint(root.GetProperty("userId").GetGuid(), ReadJob(root, at), false, null, at),
                "notification" => new Hint(root.GetProperty("userId").GetGuid(), null, Text(root, "op") == "delete", Ids(root), at),
                _ => null,
            };
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The state names an end: the rest (result, error) is in the row.</summary>
    public bool NeedsRow => Job is { Status: not (JobStatus.Pending or JobStatus.Processing) };

    private static JobState ReadJob(JsonElement root, DateTime at) =>
        new()
        {
            Id = root.GetProperty("jobId").GetGuid(),
            UserId = root.GetProperty("userId").GetGuid(),
            Status = root.GetProperty("status").GetString() ?? "",
            Progress = root.GetProperty("progress").GetInt32(),
            Stage = Text(root, "stage"),
            Version = root.GetProperty("seq").GetInt32(),
            Type = Text(root, "type"),
            Title = Text(root, "title"),
            At = at,
        };

    private static Guid[]? Ids(JsonElement root) =>
        root.TryGetProperty("ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(id => id.GetGuid())]
        : root.TryGetProperty("id", out var id) ? [id.GetGuid()]
        : null;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
