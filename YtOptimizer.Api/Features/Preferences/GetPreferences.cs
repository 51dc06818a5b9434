using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace YtOptimizer.Api.Features.Preferences;

/// <summary>The caller's saved preferences, or <c>null</c> while there are none.</summary>
internal static class GetPreferences
{
    private const string Sql = """
        SELECT id, user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed, created_at, updated_at
        FROM user_content_preferences WHERE user_id = @userId
        """;

    public static async Task<IResult> Handle(CurrentUser user, Db db, RowCache cache, IOptions<JsonOptions> json, CancellationToken ct) =>
        new JsonBody(
            cache.Find(RowCache.Preferences, user.Id)
                ?? await cache.ReadAsync(RowCache.Preferences, user.Id, () => ReadAsync(user.Id, db, json, ct))
        );

    private static async Task<byte[]?> ReadAsync(Guid userId, Db db, IOptions<JsonOptions> json, CancellationToken ct) =>
        JsonSerializer.SerializeToUtf8Bytes(
            await db.FirstOrDefaultAsync<ContentPreferences>(Sql, new { userId }, ct),
            json.Value.SerializerOptions
        );
}
