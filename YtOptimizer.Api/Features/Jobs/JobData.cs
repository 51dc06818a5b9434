using System.Text.Json;
using System.Text.Json.Serialization;

namespace YtOptimizer.Api.Features.Jobs;

/// <summary>All that clients see of a job's payload.</summary>
internal sealed record JobData(
    string Type,
    Guid JobId,
    [property: JsonPropertyName("video_title")] string? VideoTitle,
    JsonElement Configuration
);
