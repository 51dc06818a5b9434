using System.Net;
using System.Text.Json;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Auditing;

/// <summary>One administrative or account change: a row of <c>audit_trail</c>. Values must hold no secrets.</summary>
/// <param name="Action">What was done, snake_case: update_own_profile, change_role, block_address …</param>
/// <param name="EntityType">What it was done to: user_profile, ip_address …</param>
public sealed record AuditEntry(string Action, string EntityType)
{
    public string? EntityId { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorEmail { get; init; }

    public string? ActorRole { get; init; }

    public object? OldValues { get; init; }

    public object? NewValues { get; init; }

    public object? Changes { get; init; }

    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>The correlation id of the request.</summary>
    public string? RequestId { get; init; }

    public string? Reason { get; init; }

    public object? Metadata { get; init; }
}

/// <summary>Appends to the audit trail. Rows cannot be changed or removed, and are chained by hash when the transaction commits.</summary>
public static class AuditTrail
{
    private const string Sql = """
        INSERT INTO audit_trail (id, actor_id, actor_email, actor_role, action, entity_type, entity_id, old_values, new_values, changes,
            ip_address, user_agent, session_id, request_id, reason, metadata)
        VALUES (@id, @actorId, @actorEmail, @actorRole, @action, @entityType, @entityId, @oldValues::jsonb, @newValues::jsonb,
            @changes::jsonb, @ip::inet, @userAgent, @sessionId, @requestId, @reason, @metadata::jsonb)
        """;

    /// <summary>In the transaction of the change itself: both happen or neither.</summary>
    public static Task AppendAsync(DbScope scope, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.ExecuteAsync(Sql, Parameters(entry));
    }

    /// <summary>Who changed what: <paramref name="before"/> and <paramref name="after"/> hold the changed fields only.</summary>
    public static Task AppendAsync(
        DbScope scope,
        Actor actor,
        string action,
        string entityType,
        string entityId,
        RequestOrigin origin,
        IReadOnlyDictionary<string, object?>? before = null,
        IReadOnlyDictionary<string, object?>? after = null
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(origin);
        return AppendAsync(
            scope,
            new AuditEntry(action, entityType)
            {
                EntityId = entityId,
                ActorId = actor.Id,
                ActorEmail = actor.Email,
                ActorRole = actor.Role,
                SessionId = actor.SessionId,
                OldValues = before,
                NewValues = after,
                Changes = after?.Keys.Order(StringComparer.Ordinal),
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
            }
        );
    }

    /// <summary>For things that change nothing in the database, such as an export.</summary>
    public static Task AppendAsync(Db db, AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync(Sql, Parameters(entry), ct);
    }

    private static object Parameters(AuditEntry e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new
        {
            id = Guid.CreateVersion7(),
            actorId = e.ActorId,
            actorEmail = e.ActorEmail,
            actorRole = e.ActorRole,
            action = e.Action,
            entityType = e.EntityType,
            entityId = SecurityEvents.Clean(e.EntityId, 128),
            oldValues = Json(e.OldValues),
            newValues = Json(e.NewValues),
            changes = Json(e.Changes),
            ip = e.IpAddress?.ToString(),
            userAgent = SecurityEvents.Clean(e.UserAgent, 512),
            sessionId = e.SessionId,
            requestId = SecurityEvents.Clean(e.RequestId, 128),
            reason = SecurityEvents.Clean(e.Reason, 500),
            metadata = Json(e.Metadata) ?? "{}",
        };
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
