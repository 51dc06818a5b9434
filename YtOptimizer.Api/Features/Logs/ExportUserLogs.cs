using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Logs;

/// <summary>Everything that is kept about an account: profile, plan, preferences, analyses, usage, notifications, security events and logs.
/// One's own, or for administrators anybody's.</summary>
internal static class ExportUserLogs
{
    private const int MaxRows = 1000;

    private const string Sql = """
        SELECT jsonb_build_object(
            'profile', (SELECT to_jsonb(p) - 'token_version' - 'email_key' FROM profiles p WHERE p.id = @userId),
            'subscription', (SELECT to_jsonb(s) FROM user_subscriptions s WHERE s.user_id = @userId),
            'preferences', (SELECT to_jsonb(c) FROM user_content_preferences c WHERE c.user_id = @userId),
            'audits', (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.created_at DESC, a.id DESC), '[]') FROM (SELECT * FROM audits
                WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT 10000) a),
            'tokenUsage', (SELECT COALESCE(jsonb_agg(to_jsonb(t) ORDER BY t.created_at DESC, t.id DESC), '[]') FROM (SELECT *
                FROM user_token_usage WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT 10000) t),
            'notifications', (SELECT COALESCE(jsonb_agg(to_jsonb(n) ORDER BY n.created_at DESC, n.id DESC), '[]') FROM (SELECT *
                FROM notifications WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT 10000) n),
            'securityEvents', (SELECT COALESCE(jsonb_agg(to_jsonb(e) ORDER BY e.created_at DESC, e.id DESC), '[]') FROM (SELECT *
                FROM security_events WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT 10000) e),
            'auditTrail', (SELECT COALESCE(jsonb_agg(to_jsonb(r) ORDER BY r.created_at DESC, r.id DESC), '[]') FROM (SELECT *
                FROM audit_trail WHERE actor_id = @userId ORDER BY created_at DESC, id DESC LIMIT 10000) r))::text
        """;

    public sealed record Response(Guid UserId, DateTimeOffset ExportedAt, GetComprehensiveLogs.Response Logs, JsonElement Account);

    [Refuses(403, "not_your_logs")]
    [Refuses(404, "account_not_found")]
    public static async Task<Results<Ok<LogAnswer<Response>>, ProblemHttpResult>> Handle(
        Guid userId,
        CurrentUser user,
        LogStore store,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (user.Id != userId && user.Role != "admin")
        {
            return Problems.Forbidden("not_your_logs", "Only an administrator may export another account.");
        }

        var account = await store.ValueAsync(Sql, new { userId }, ct);
        if (account.GetProperty("profile").ValueKind == JsonValueKind.Null)
        {
            return Problems.NotFound("account_not_found", "There is no account with this id.");
        }

        var logs = await GetComprehensiveLogs.ReadAsync(new LogQuery { UserId = userId, Limit = MaxRows }, store, ct);
        return TypedResults.Ok(new LogAnswer<Response>("Export", new Response(userId, clock.GetUtcNow(), logs, account)));
    }
}
