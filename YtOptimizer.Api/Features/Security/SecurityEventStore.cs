using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>A row of security_events as clients see it: the table's own column names.</summary>
internal sealed record SecurityEventRow(
    Guid Id,
    Guid? UserId,
    string EventType,
    string? IpAddress,
    string? UserAgent,
    string? DeviceId,
    JsonElement Metadata,
    DateTimeOffset CreatedAt,
    string EventCategory,
    string Severity,
    string? ResourceType,
    string? ResourceId,
    string? Action,
    string? Status,
    string? RequestId
);

internal sealed record SecurityEventPage(IReadOnlyList<SecurityEventRow> Events, long Total, int Page, int TotalPages);

/// <param name="TotalEvents">Events in the time range.</param>
/// <param name="EventsByType">Count of each event type.</param>
/// <param name="EventsByCategory">Count of each category.</param>
/// <param name="EventsBySeverity">Count of each severity.</param>
/// <param name="RecentCriticalEvents">Critical and high ones of the last 24 hours.</param>
internal sealed record SecurityEventStats(
    long TotalEvents,
    IReadOnlyDictionary<string, long> EventsByType,
    IReadOnlyDictionary<string, long> EventsByCategory,
    IReadOnlyDictionary<string, long> EventsBySeverity,
    long RecentCriticalEvents
);

/// <summary>What a list is narrowed by. Null narrows nothing.</summary>
internal sealed record SecurityEventFilter(
    Guid? UserId,
    string? EventType,
    string? Category,
    string? Severity,
    DateTimeOffset? From,
    DateTimeOffset? Until
);

/// <summary>SQL that the four routes over security_events share.</summary>
internal static class SecurityEventStore
{
    private const string Where = """
        WHERE (@UserId::uuid IS NULL OR user_id = @UserId) AND (@EventType::text IS NULL OR event_type = @EventType)
            AND (@Category::text IS NULL OR event_category = @Category)
          AND (@Severity::text IS NULL OR severity = @Severity) AND (@From::timestamptz IS NULL OR created_at >= @From)
              AND (@Until::timestamptz IS NULL OR created_at <= @Until)
        """;

    private const string ListSql = $"""
        SELECT id, user_id, event_type, host(ip_address) AS ip_address, user_agent, device_id, metadata::text AS metadata, created_at,
            event_category, severity,
               resource_type, resource_id, action, status, request_id
        FROM security_events {Where} ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset
        """;

    private const string CountSql = $"SELECT count(*) FROM security_events {Where}";

    private const string StatsSql = """
        SELECT grouping(event_type, event_category, severity) AS kind, coalesce(event_type, event_category, severity, '') AS name,
            count(*) AS number,
               count(*) FILTER (WHERE severity IN ('critical', 'high') AND created_at > @now - interval '24 hours') AS critical
        FROM security_events WHERE created_at > @since AND (@userId::uuid IS NULL OR user_id = @userId)
        GROUP BY GROUPING SETS ((event_type), (event_category), (severity), ())
        """;

    private sealed record Row(
        Guid Id,
        Guid? UserId,
        string EventType,
        string? IpAddress,
        string? UserAgent,
        string? DeviceId,
        string Metadata,
        DateTime CreatedAt,
        string EventCategory,
        string Severity,
        string? ResourceType,
        string? ResourceId,
        string? Action,
        string? Status,
        string? RequestId
    );

    private sealed record Count(int Kind, string Name, long Number, long Critical);

    public static async Task<SecurityEventPage> ListAsync(Db db, SecurityEventFilter filter, int page, int limit, CancellationToken ct)
    {
        var parameters = new
        {
            filter.UserId,
            filter.EventType,
            filter.Category,
            filter.Severity,
            filter.From,
            filter.Until,
            limit,
            offset = (page - 1L) * limit,
        };
        var rows = await db.QueryAsync<Row>(ListSql, parameters, ct);
        var total = await db.ScalarAsync<long>(CountSql, parameters, ct);
        return new SecurityEventPage([.. rows.Select(View)], total, page, (int)((total + limit - 1) / limit));
    }

    public static async Task<SecurityEventStats> StatsAsync(Db db, Guid? userId, TimeSpan range, DateTimeOffset now, CancellationToken ct)
    {
        var counts = await db.QueryAsync<Count>(
            StatsSql,
            new
            {
                userId,
                since = now - range,
                now,
            },
            ct
        );
        Dictionary<string, long> Of(int kind) =>
            counts.Where(c => c.Kind == kind).ToDictionary(c => c.Name, c => c.Number, StringComparer.Ordinal);
        var all = counts.Single(c => c.Kind == 7);
        return new SecurityEventStats(all.Number, Of(3), Of(5), Of(6), all.Critical);
    }

    private static SecurityEventRow View(Row r) =>
        new(
            r.Id,
            r.UserId,
            r.EventType,
            r.IpAddress,
            r.UserAgent,
            r.DeviceId,
            JsonDocument.Parse(r.Metadata).RootElement,
            new DateTimeOffset(DateTime.SpecifyKind(r.CreatedAt, DateTimeKind.Utc)),
            r.EventCategory,
            r.Severity,
            r.ResourceType,
            r.ResourceId,
            r.Action,
            r.Status,
            r.RequestId
        );
}
