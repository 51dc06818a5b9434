using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>Takes the videos of a file; merges them by video id into those that are there, or replaces them.</summary>
internal static class ImportChannel
{
    /// <summary>Bytes, as sent.</summary>
    public const int LargestBody = 16 * 1024 * 1024;

    /// <summary>For the wrapping of a form.</summary>
    public const int Wrapping = 64 * 1024;

    private const int RowsAtOnce = 1000;

    /// <param name="Imported">Videos of the file.</param>
    /// <param name="LeftOut">Rows of videos without a title.</param>
    /// <param name="Videos">Videos that are there now.</param>
    /// <param name="Columns">What was found in the file: video, title, published, created, duration, milliseconds, views, hours,
    /// subscribers, impressions, clicks, description, tags.</param>
    public sealed record Response(int Imported, int LeftOut, int Videos, IReadOnlyList<string> Columns);

    // One import at a time per user, so that two together cannot pass the limit.
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtextextended('channel:' || @userId, 0))";

    private const string InsertSql = """
        INSERT INTO channel_videos AS kept (user_id, video_id, title, published_at, duration_seconds, views, watch_hours, subscribers,
            impressions, click_through_percent, description, tags, imported_at)
        SELECT @userId, r."videoId", r.title, r."publishedAt", r.seconds, r.views, r."watchHours", r.subscribers, r.impressions,
            r."clickThroughPercent", r.description,
            CASE WHEN r.tags IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(r.tags)) END, @now
        FROM jsonb_to_recordset(@rows::jsonb) AS r ("videoId" text, title text, "publishedAt" timestamptz, seconds float8, views bigint,
            "watchHours" float8, subscribers bigint, impressions bigint, "clickThroughPercent" float8, description text, tags jsonb)
        ON CONFLICT (user_id, video_id) DO UPDATE SET
            title = excluded.title, imported_at = excluded.imported_at,
            published_at = COALESCE(excluded.published_at, kept.published_at),
            duration_seconds = COALESCE(excluded.duration_seconds, kept.duration_seconds),
            views = COALESCE(excluded.views, kept.views),
            watch_hours = COALESCE(excluded.watch_hours, kept.watch_hours),
            subscribers = COALESCE(excluded.subscribers, kept.subscribers),
            impressions = COALESCE(excluded.impressions, kept.impressions),
            click_through_percent = COALESCE(excluded.click_through_percent, kept.click_through_percent),
            description = COALESCE(excluded.description, kept.description),
            tags = COALESCE(excluded.tags, kept.tags)
        """;

    private const string CountSql = "SELECT count(*)::int FROM channel_videos WHERE user_id = @userId";

    private sealed class TooManyException : Exception;

    [Refuses(400, "invalid_multipart", "file_missing", "no_videos", "no_header", "rows_are_days", "no_table", "field_too_long")]
    [Refuses(400, "too_many_fields", "archive_broken", "archive_too_large", "too_many_videos")]
    [Refuses(409, "too_many_videos")]
    [Refuses(413, "file_too_large")]
    [Refuses(415, "csv_expected")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HttpContext context,
        CurrentUser user,
        Db db,
        TimeProvider clock,
        CancellationToken ct,
        [RegularExpression("merge|replace")] string mode = "merge"
    )
    {
        var (bytes, refused) = await ChannelUpload.ReadAsync(context.Request, LargestBody, ct);
        if (bytes is null)
        {
            return refused!;
        }

        StudioFile file;
        try
        {
            file = StudioFile.Read(bytes, ct);
        }
        catch (StudioExportException wrong)
        {
            return Problems.BadRequest(wrong.Code, wrong.Message);
        }

        if (file.Videos.Count == 0)
        {
            return Problems.BadRequest("no_videos", "The file has a header, but no videos.");
        }

        try
        {
            var videos = await db.InTransactionAsync(scope => SaveAsync(scope, user.Id, file, mode, clock.GetUtcNow()), ct);
            return TypedResults.Ok(new Response(file.Videos.Count, file.LeftOut, videos, file.Columns));
        }
        catch (TooManyException)
        {
            return Problems.Conflict(
                "too_many_videos",
                $"Together that would be more than {StudioFile.MostVideos} videos. Import with mode=replace, or delete first."
            );
        }
    }

    private static async Task<int> SaveAsync(DbScope scope, Guid userId, StudioFile file, string mode, DateTimeOffset now)
    {
        await scope.ExecuteAsync(LockSql, new { userId = userId.ToString() });
        if (mode == "replace")
        {
            await scope.ExecuteAsync(DeleteChannel.VideosSql, new { userId });
        }

        foreach (var rows in file.Videos.Chunk(RowsAtOnce))
        {
            await scope.ExecuteAsync(
                InsertSql,
                new
                {
                    userId,
                    now,
                    rows = JsonSerializer.Serialize(rows.Select(Row), JsonSerializerOptions.Web),
                }
            );
        }

        var videos = await scope.ScalarAsync<int>(CountSql, new { userId });
        return videos <= StudioFile.MostVideos ? videos : throw new TooManyException();
    }

    private static object Row(ChannelVideo video) =>
        new
        {
            video.VideoId,
            video.Title,
            video.PublishedAt,
            Seconds = video.Duration?.TotalSeconds,
            video.Views,
            video.WatchHours,
            video.Subscribers,
            video.Impressions,
            video.ClickThroughPercent,
            video.Description,
            video.Tags,
        };
}
