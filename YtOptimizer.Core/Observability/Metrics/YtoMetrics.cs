using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>
/// The product's own instruments, behind verbs of the domain. Names and labels are those of the product contract (8.3);
/// labels take their values from small fixed sets, never from what a caller sends.
/// </summary>
public static class YtoMetrics
{
    public const string MeterName = "YtOptimizer";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> AiRequests = Meter.CreateCounter<long>(
        "ai_requests_total",
        description: "Calls to AI providers by outcome."
    );
    private static readonly Histogram<double> AiDuration = Meter.CreateHistogram<double>(
        "ai_request_duration_seconds",
        "s",
        "Duration of calls to AI providers."
    );
    private static readonly Counter<long> AiTokens = Meter.CreateCounter<long>(
        "openai_tokens_total",
        description: "Tokens billed by model and kind."
    );
    private static readonly Counter<double> AiCost = Meter.CreateCounter<double>(
        "openai_cost_usd_total",
        description: "Estimated cost in US dollars by model."
    );
    private static readonly Counter<long> AuthEvents = Meter.CreateCounter<long>(
        "auth_events_total",
        description: "Sign-ins, refreshes and the like by outcome."
    );
    private static readonly Counter<long> CacheOperations = Meter.CreateCounter<long>(
        "cache_operations_total",
        description: "Cache reads by result."
    );
    private static readonly Counter<long> Errors = Meter.CreateCounter<long>("errors_total", description: "Errors by type and severity.");
    private static readonly Counter<long> RateLimited = Meter.CreateCounter<long>(
        "rate_limit_exceeded_total",
        description: "Refused requests by budget."
    );
    private static readonly Counter<long> LogRowsDropped = Meter.CreateCounter<long>(
        "log_rows_dropped_total",
        description: "Rows of stored logs that were lost."
    );
    private static readonly Counter<long> Audits = Meter.CreateCounter<long>("audit_count_total", description: "Analyses completed.");

    /// <param name="service">openai, youtube, transcription, image.</param>
    /// <param name="status">success, or the stable code of the failure.</param>
    /// <param name="seconds">Wall time of the attempt.</param>
    public static void AiRequest(string service, string status, double seconds)
    {
        AiRequests.Add(1, new("service", service), new("status", status));
        AiDuration.Record(seconds, new KeyValuePair<string, object?>("service", service));
    }

    public static void AiUsage(string model, long promptTokens, long completionTokens, double costUsd)
    {
        AiTokens.Add(promptTokens, new("model", model), new("kind", "prompt"));
        AiTokens.Add(completionTokens, new("model", model), new("kind", "completion"));
        AiCost.Add(costUsd, new KeyValuePair<string, object?>("model", model));
    }

    /// <param name="eventType">login, register, refresh, logout, password_change …</param>
    /// <param name="success">Whether it was granted.</param>
    public static void AuthEvent(string eventType, bool success) =>
        AuthEvents.Add(1, new("event_type", eventType), new("status", success ? "success" : "failure"));

    public static void CacheRead(bool hit) => CacheOperations.Add(1, new("operation", "get"), new("result", hit ? "hit" : "miss"));

    /// <param name="type">database, openai, youtube, internal …</param>
    /// <param name="severity">warning, error or critical.</param>
    public static void Error(string type, string severity) => Errors.Add(1, new("type", type), new("severity", severity));

    /// <param name="budget">Name of the budget (login, register, default …), never an address.</param>
    public static void RateLimitExceeded(string budget) => RateLimited.Add(1, new KeyValuePair<string, object?>("endpoint", budget));

    /// <param name="table">api_request_logs, error_logs or system_logs.</param>
    /// <param name="reason">full: the buffer had no room; refused: the database did not accept the row.</param>
    public static void LogRowDropped(string table, string reason) => LogRowsDropped.Add(1, new("table", table), new("reason", reason));

    public static void AuditCompleted() => Audits.Add(1);

    /// <summary>Seconds since <paramref name="startTimestamp"/> of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public static double SecondsSince(long startTimestamp) => Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds;
}
