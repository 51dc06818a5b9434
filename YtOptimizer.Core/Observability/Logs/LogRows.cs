namespace YtOptimizer.Core.Observability.Logs;

/// <summary>One answered request, without query string, headers or bodies.</summary>
public sealed record ApiRequestRow(
    string RequestId,
    Guid? UserId,
    string Endpoint,
    string Method,
    int StatusCode,
    int ResponseTimeMs,
    long? RequestSizeBytes,
    long? ResponseSizeBytes,
    string? IpAddress,
    string? UserAgent,
    bool RateLimitHit,
    DateTimeOffset CreatedAt
)
{
    internal const string Sql = """
        INSERT INTO api_request_logs (request_id, user_id, endpoint, method, status_code, response_time_ms, request_size_bytes,
            response_size_bytes, ip_address, user_agent, rate_limit_hit, created_at)
        SELECT r."requestId", (SELECT p.id FROM profiles p WHERE p.id = r."userId"), r.endpoint, r.method, r."statusCode",
            r."responseTimeMs", r."requestSizeBytes", r."responseSizeBytes",
               r."ipAddress", r."userAgent", r."rateLimitHit", r."createdAt"
        FROM jsonb_to_recordset(@rows::jsonb) AS r("requestId" text, "userId" uuid, endpoint text, method text, "statusCode" int,
            "responseTimeMs" int,
             "requestSizeBytes" int, "responseSizeBytes" int, "ipAddress" inet, "userAgent" text, "rateLimitHit" boolean,
                 "createdAt" timestamptz)
        ON CONFLICT (request_id) DO NOTHING
        """;
}

/// <summary>One error inside a request. One row per error; equal ones share the fingerprint.</summary>
public sealed record ErrorRow(
    string ErrorType,
    string Message,
    string Severity,
    string Fingerprint,
    string? StackTrace,
    Guid? UserId,
    string? Endpoint,
    string? RequestId,
    DateTimeOffset CreatedAt
)
{
    public const string ResolveSql = """
        UPDATE error_logs SET resolved = true, resolved_at = now(), resolved_by = @userId, resolution_notes = @notes
        WHERE id = @errorId AND NOT resolved
        """;

    internal const string Sql = """
        INSERT INTO error_logs (error_type, message, severity, fingerprint, stack_trace, user_id, endpoint, request_id, created_at,
            first_occurred_at, last_occurred_at)
        SELECT r."errorType", r.message, r.severity, r.fingerprint, r."stackTrace", (SELECT p.id FROM profiles p WHERE p.id = r."userId"),
            r.endpoint, r."requestId", r."createdAt",
               COALESCE((SELECT min(e.first_occurred_at) FROM error_logs e WHERE e.fingerprint = r.fingerprint), r."createdAt"),
                   r."createdAt"
        FROM jsonb_to_recordset(@rows::jsonb) AS r("errorType" text, message text, severity text, fingerprint text, "stackTrace" text,
            "userId" uuid, endpoint text, "requestId" text, "createdAt" timestamptz)
        """;
}

/// <summary>One error or critical record outside of requests.</summary>
public sealed record SystemRow(
    string LogLevel,
    string Category,
    string ServiceName,
    string Message,
    string? StackTrace,
    string Hostname,
    int ProcessId,
    int MemoryUsageMb,
    string? RequestId,
    DateTimeOffset CreatedAt
)
{
    internal const string Sql = """
        INSERT INTO system_logs (log_level, category, service_name, message, stack_trace, hostname, process_id, memory_usage_mb, request_id,
            created_at)
        SELECT r."logLevel", r.category, r."serviceName", r.message, r."stackTrace", r.hostname, r."processId", r."memoryUsageMb",
            r."requestId", r."createdAt"
        FROM jsonb_to_recordset(@rows::jsonb) AS r("logLevel" text, category text, "serviceName" text, message text, "stackTrace" text,
            hostname text, "processId" int,
             "memoryUsageMb" int, "requestId" text, "createdAt" timestamptz)
        """;
}
