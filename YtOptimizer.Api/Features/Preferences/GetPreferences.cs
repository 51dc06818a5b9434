using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Preferences;

/// <summary>The caller's saved preferences, or <c>null</c> while there are none.</summary>
internal static class GetPreferences
{
    private const string Sql = """
        SELECT id, user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed, created_at, updated_at
        FROM user_content_preferences WHERE user_id = @userId
        """;

    public static async Task<IResult> Handle(CurrentUser user, Db db, CancellationToken ct)
    {
        var found = await db.FirstOrDefaultAsync<ContentPreferences>(Sql, new { userId = user.Id }, ct);
        // TypedResults.Ok(null) would answer without a body, which is not JSON.
        return found is null ? TypedResults.Text("null", "application/json") : TypedResults.Ok(found);
    }
}
