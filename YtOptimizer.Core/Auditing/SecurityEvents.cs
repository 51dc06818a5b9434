using System.Text.Json;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Auditing;

/// <summary>
/// Writes <c>security_events</c>: one row per occurrence, never changed. Inside a transaction use the overload with the scope, so that the
/// event exists exactly when what it tells of does; a failure is recorded outside, because its transaction rolls back.
/// </summary>
public sealed class SecurityEvents(Db db)
{
    private const int MaxUserAgent = 512;
    private const string Sql = """
        INSERT INTO security_events (id, user_id, event_type, ip_address, user_agent, device_id, metadata, event_category, severity,
            resource_type, resource_id, action, status, request_id)
        VALUES (@id, @userId, @type, @ip::inet, @userAgent, @deviceId, @metadata::jsonb, @category, @severity, @resourceType, @resourceId,
            @action, @status, @requestId)
        """;

    public Task RecordAsync(SecurityEvent securityEvent, CancellationToken ct) => db.ExecuteAsync(Sql, Parameters(securityEvent), ct);

    public static Task RecordAsync(DbScope scope, SecurityEvent securityEvent)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(Sql, Parameters(securityEvent));
    }

    /// <summary>An event of an account, counted among the sign-in metrics.</summary>
    /// <param name="scope">The transaction of what the event tells of.</param>
    /// <param name="userId">Whose event it is.</param>
    /// <param name="type">One of <see cref="SecurityEventTypes"/>.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="severity">low, info, warning, medium, high or critical.</param>
    /// <param name="status">success, failure or warning.</param>
    /// <param name="metadata">Further facts; never secrets.</param>
    /// <param name="category">See <see cref="SecurityEvent.Category"/>.</param>
    public static Task RecordAsync(
        DbScope scope,
        Guid? userId,
        string type,
        RequestOrigin origin,
        string severity = "info",
        string status = "success",
        object? metadata = null,
        string category = "authentication"
    )
    {
        ArgumentNullException.ThrowIfNull(origin);
        YtoMetrics.AuthEvent(type, status == "success");
        return RecordAsync(
            scope,
            new SecurityEvent(type)
            {
                Category = category,
                Severity = severity,
                Status = status,
                Action = type,
                UserId = userId,
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
                Metadata = metadata,
            }
        );
    }

    /// <summary>Text of strangers: one line, bounded, without secrets.</summary>
    public static string? Clean(string? text, int maxLength) =>
        text is null
            ? null
            : Redaction.Text(string.Concat(text.Take(maxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)));

    private static object Parameters(SecurityEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new
        {
            id = Guid.CreateVersion7(),
            userId = e.UserId,
            type = e.Type,
            ip = e.IpAddress?.ToString(),
            userAgent = Clean(e.UserAgent, MaxUserAgent),
            deviceId = Clean(e.DeviceId, 128),
            metadata = e.Metadata is null ? "{}" : JsonSerializer.Serialize(e.Metadata, JsonSerializerOptions.Web),
            category = e.Category ?? SecurityEventTypes.CategoryOf(e.Type),
            severity = e.Severity ?? SecurityEventTypes.SeverityOf(e.Type, e.Status),
            resourceType = e.ResourceType,
            resourceId = Clean(e.ResourceId, 128),
            action = e.Action,
            status = e.Status,
            requestId = Clean(e.RequestId, 128),
        };
    }
}
