using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Preferences;

/// <summary>Saves the caller's preferences; fields that are not sent keep their value, empty ones are cleared.</summary>
internal static class SavePreferences
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainText(100)] string? Tone = null,
        [property: PlainText(100)] string? ThumbnailStyle = null,
        [property: PlainText(100)] string? ImageStyle = null,
        [property: PlainText(10)] string? Language = null,
        [property: PlainText(1000)] string? CustomInstructions = null
    );

    /// <summary>The saved preferences, nested for the single-page app and flat for others.</summary>
    public sealed record Response(
        bool Success,
        string Message,
        ContentPreferences Preferences,
        Guid Id,
        Guid UserId,
        string? Tone,
        string? ThumbnailStyle,
        string? ImageStyle,
        string? Language,
        string? CustomInstructions,
        bool IsCompleted,
        DateTime CreatedAt,
        DateTime UpdatedAt
    );

    private const string Sql = """
        INSERT INTO user_content_preferences AS p (user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed)
        VALUES (@userId, nullif(@Tone, ''), nullif(@ThumbnailStyle, ''), nullif(@ImageStyle, ''), nullif(@Language, ''),
            nullif(@CustomInstructions, ''),
                coalesce(nullif(@Tone, ''), nullif(@ThumbnailStyle, ''), nullif(@ImageStyle, ''), nullif(@Language, '')) IS NOT NULL)
        ON CONFLICT (user_id) DO UPDATE SET
            tone = CASE WHEN @Tone IS NULL THEN p.tone ELSE excluded.tone END,
            thumbnail_style = CASE WHEN @ThumbnailStyle IS NULL THEN p.thumbnail_style ELSE excluded.thumbnail_style END,
            image_style = CASE WHEN @ImageStyle IS NULL THEN p.image_style ELSE excluded.image_style END,
            language = CASE WHEN @Language IS NULL THEN p.language ELSE excluded.language END,
            custom_instructions = CASE WHEN @CustomInstructions IS NULL THEN p.custom_instructions ELSE excluded.custom_instructions END,
            is_completed = coalesce(
                CASE WHEN @Tone IS NULL THEN p.tone ELSE excluded.tone END, CASE WHEN @ThumbnailStyle IS NULL THEN p.thumbnail_style
                    ELSE excluded.thumbnail_style END,
                CASE WHEN @ImageStyle IS NULL THEN p.image_style ELSE excluded.image_style END, CASE WHEN @Language IS NULL THEN p.language
                    ELSE excluded.language END) IS NOT NULL
        RETURNING id, user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed, created_at, updated_at
        """;

    public static async Task<Ok<Response>> Handle(Request request, CurrentUser user, Db db, RowCache cache, CancellationToken ct)
    {
        var saved = (
            await db.QueryAsync<ContentPreferences>(
                Sql,
                new
                {
                    userId = user.Id,
                    request.Tone,
                    request.ThumbnailStyle,
                    request.ImageStyle,
                    request.Language,
                    request.CustomInstructions,
                },
                ct
            )
        )[0];
        cache.Forget(RowCache.Preferences, user.Id);
        return TypedResults.Ok(
            new Response(
                true,
                "Preferences saved.",
                saved,
                saved.Id,
                saved.UserId,
                saved.Tone,
                saved.ThumbnailStyle,
                saved.ImageStyle,
                saved.Language,
                saved.CustomInstructions,
                saved.IsCompleted,
                saved.CreatedAt,
                saved.UpdatedAt
            )
        );
    }
}
