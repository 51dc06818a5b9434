using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>What a sign-in gives occasion to tell: preferences that are still incomplete (once a day), and a device that is new.</summary>
internal static class LoginNotices
{
    private const string Sql = """
        SELECT NOT EXISTS (SELECT 1 FROM user_content_preferences WHERE user_id = @userId AND is_completed) AS incomplete,
               EXISTS (SELECT 1 FROM sessions WHERE user_id = @userId AND id <> @sessionId) AND NOT EXISTS (
                   SELECT 1 FROM sessions WHERE user_id = @userId AND id <> @sessionId AND created_at > now() - interval '180 days'
                     AND (user_agent IS NOT DISTINCT FROM @userAgent OR ip_address = @address)) AS is_new_device
        """;

    public static async Task AddAsync(DbScope scope, Guid userId, Guid sessionId, RequestOrigin origin, DateTimeOffset now)
    {
        var found = await scope.FirstOrDefaultAsync<Found>(
            Sql,
            new
            {
                userId,
                sessionId,
                userAgent = origin.UserAgent,
                address = origin.Address,
            }
        );
        if (found is { Incomplete: true })
        {
            await NotificationWriter.AddAsync(scope, NotificationCatalog.PreferencesIncomplete(userId, now));
        }

        if (found is { IsNewDevice: true })
        {
            await NotificationWriter.AddAsync(scope, NotificationCatalog.NewDevice(userId, sessionId, origin.UserAgent, now));
        }
    }

    private sealed record Found(bool Incomplete, bool IsNewDevice);
}
