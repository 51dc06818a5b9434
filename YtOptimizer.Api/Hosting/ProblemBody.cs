using System.Text.Json;
using System.Text.Json.Serialization;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The body of every error: RFC 9457 problem details, plus <c>statusCode</c>, <c>timestamp</c>, <c>path</c>, <c>message</c> and
/// <c>error</c> as clients of the first implementation read them.
/// </summary>
internal sealed record ProblemBody
{
    /// <summary>Stable URI of the kind of problem, ending in its code.</summary>
    public required string Type { get; init; }

    /// <summary>The HTTP status in words.</summary>
    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What happened and what to do next, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable, snake_case: what programs decide by.</summary>
    public required string Code { get; init; }

    /// <summary>Same as <c>status</c>.</summary>
    public required int StatusCode { get; init; }

    /// <summary>ISO-8601, UTC, milliseconds.</summary>
    public required string Timestamp { get; init; }

    /// <summary>Path and query of the request.</summary>
    public required string Path { get; init; }

    /// <summary>Always one string; for validation it lists what is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the kind of error, such as NotFoundException.</summary>
    public required string Error { get; init; }

    /// <summary>Also in the X-Correlation-Id header and in the logs: quote it when asking for help.</summary>
    public required string CorrelationId { get; init; }

    public required string TraceId { get; init; }

    /// <summary>Validation messages by field, camelCase.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Seconds to wait; same as the Retry-After header.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfter { get; init; }

    /// <summary>Facts that a kind of problem adds, such as limit and used.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
