using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Auditing;

/// <summary>
/// What an administrator did, in the transaction in which it is done: a row of the audit trail with old and new values, and a line in the
/// security log.
/// </summary>
/// <param name="Name">snake_case: grant_bonus_credits, reset_limits …</param>
/// <param name="EntityType">user, promo_code …</param>
/// <param name="EntityId">Its id.</param>
/// <param name="Description">One sentence for the log.</param>
public sealed record AdminAction(string Name, string EntityType, string EntityId, string Description)
{
    /// <summary>Changed fields as they were; null where something was made.</summary>
    public IReadOnlyDictionary<string, object?>? Before { get; init; }

    /// <summary>Changed fields as they are.</summary>
    public IReadOnlyDictionary<string, object?>? After { get; init; }

    /// <summary>Why, as the administrator wrote it.</summary>
    public string? Reason { get; init; }

    public async Task RecordAsync(DbScope scope, Actor actor, RequestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(origin);
        await AuditTrail.AppendAsync(
            scope,
            new AuditEntry(Name, EntityType)
            {
                EntityId = EntityId,
                ActorId = actor.Id,
                ActorEmail = actor.Email,
                ActorRole = actor.Role,
                SessionId = actor.SessionId,
                OldValues = Before,
                NewValues = After,
                Changes = After?.Keys.Order(StringComparer.Ordinal),
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
                Reason = Reason,
            }
        );
        await UserLogs.WriteAsync(scope, actor.Id, Name, Description, origin, "security", sessionId: actor.SessionId);
    }
}
