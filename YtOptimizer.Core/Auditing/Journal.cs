using System.Net;
using System.Text.Json;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Auditing;

/// <summary>Where a request came from, as it is written into logs and events.</summary>
public sealed record RequestOrigin(IPAddress? Address, string? UserAgent, string? RequestId)
{
    /// <summary>The worker and the operator's verbs.</summary>
    public static RequestOrigin System { get; } = new(null, "ytoptimizer-worker", null);
}

/// <summary>Writes security events, user logs and the audit trail, in the transaction of what they record.</summary>
public static class Journal
{
    public const string EventSql = """
        INSERT INTO security_events (user_id, event_type, ip_address, user_agent, metadata, event_category, severity, action, status,
            request_id)
        VALUES (@userId, @type, @address, @userAgent, @metadata::jsonb, @category, @severity, @action, @status, @requestId)
        """;

    private const string LogSql = """
        INSERT INTO user_logs (user_id, log_type, activity_type, description, severity, ip_address, user_agent, session_id, request_id,
            metadata)
        VALUES (@userId, @logType, @activity, @description, @severity, @address, @userAgent, @sessionId, @requestId, @metadata::jsonb)
        """;

    private const string AuditSql = """
        INSERT INTO audit_trail (actor_id, actor_email, actor_role, action, entity_type, entity_id, old_values, new_values, changes,
            ip_address, user_agent, session_id, request_id)
        VALUES (@actorId, @actorEmail, @actorRole, @action, @entityType, @entityId, @oldValues::jsonb, @newValues::jsonb, @changes::jsonb,
            @address, @userAgent, @sessionId, @requestId)
        """;

    /// <summary>Parameters of <see cref="EventSql"/>.</summary>
    public static object Event(
        Guid? userId,
        string type,
        RequestOrigin origin,
        string severity = "info",
        string status = "success",
        object? metadata = null,
        string category = "authentication"
    ) =>
        new
        {
            userId,
            type,
            address = origin.Address,
            userAgent = origin.UserAgent,
            metadata = Json(metadata) ?? "{}",
            category,
            severity,
            action = type,
            status,
            requestId = origin.RequestId,
        };

    public static Task WriteEventAsync(
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
        ArgumentNullException.ThrowIfNull(scope);
        YtoMetrics.AuthEvent(type, status == "success");
        return scope.ExecuteAsync(EventSql, Event(userId, type, origin, severity, status, metadata, category));
    }

    /// <param name="scope">The transaction.</param>
    /// <param name="userId">Whose log it is.</param>
    /// <param name="activity">For example <c>user_login</c>.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="logType"><c>activity</c>, or <c>security</c> for what concerns safety.</param>
    /// <param name="severity">info, warning, error or critical.</param>
    /// <param name="sessionId">The session, when there is one.</param>
    /// <param name="metadata">Further facts; never secrets.</param>
    public static Task WriteLogAsync(
        DbScope scope,
        Guid? userId,
        string activity,
        string description,
        RequestOrigin origin,
        string logType = "activity",
        string severity = "info",
        Guid? sessionId = null,
        object? metadata = null
    ) =>
        scope.ExecuteAsync(
            LogSql,
            new
            {
                userId,
                logType,
                activity,
                description,
                severity,
                address = origin.Address,
                userAgent = origin.UserAgent,
                sessionId,
                requestId = origin.RequestId,
                metadata = Json(metadata) ?? "{}",
            }
        );

    /// <summary>Who changed what: <paramref name="before"/> and <paramref name="after"/> hold the changed fields only.</summary>
    public static Task WriteAuditAsync(
        DbScope scope,
        Actor actor,
        string action,
        string entityType,
        string entityId,
        RequestOrigin origin,
        IReadOnlyDictionary<string, object?>? before = null,
        IReadOnlyDictionary<string, object?>? after = null
    ) =>
        scope.ExecuteAsync(
            AuditSql,
            new
            {
                actorId = actor.Id,
                actorEmail = actor.Email,
                actorRole = actor.Role,
                action,
                entityType,
                entityId,
                oldValues = Json(before),
                newValues = Json(after),
                changes = Json(after?.Keys.Order(StringComparer.Ordinal)),
                address = origin.Address,
                userAgent = origin.UserAgent,
                sessionId = actor.SessionId,
                requestId = origin.RequestId,
            }
        );

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value);
}

/// <summary>Who acts: an account, or the operator at the command line (no id).</summary>
public sealed record Actor(Guid? Id, string? Email, string? Role, Guid? SessionId)
{
    public static Actor Operator { get; } = new(null, null, "operator", null);
}
