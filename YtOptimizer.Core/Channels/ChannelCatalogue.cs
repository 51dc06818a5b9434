using YtOptimizer.Analysis.Channels;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Channels;

/// <summary>The videos that a user imported from files of their own channel.</summary>
public sealed class ChannelCatalogue(Db db)
{
    /// <summary>Predictions look back fewer videos than this.</summary>
    private const int MostForPredictions = 1000;

    /// <summary>Seconds; a full catalogue with descriptions is some 30 MB.</summary>
    private const int FullTimeoutSeconds = 20;

    private const string FullSql = """
        SELECT video_id, title, published_at, duration_seconds, views, watch_hours, subscribers, impressions, click_through_percent,
            description, tags
        FROM channel_videos WHERE user_id = @userId ORDER BY video_id
        """;

    // Of a video of the channel, only itself and what was there before it.
    private const string NewestSql = """
        SELECT video_id, title, published_at, views FROM channel_videos
        WHERE user_id = @userId AND published_at IS NOT NULL AND views IS NOT NULL
          AND published_at <= COALESCE(
              (SELECT own.published_at FROM channel_videos own WHERE own.user_id = @userId AND own.video_id = @videoId), 'infinity')
        ORDER BY published_at DESC, video_id DESC LIMIT @most
        """;

    private sealed record Row
    {
        public string VideoId { get; init; } = "";

        public string Title { get; init; } = "";

        public DateTime? PublishedAt { get; init; }

        public double? DurationSeconds { get; init; }

        public long? Views { get; init; }

        public double? WatchHours { get; init; }

        public long? Subscribers { get; init; }

        public long? Impressions { get; init; }

        public double? ClickThroughPercent { get; init; }

        public string? Description { get; init; }

        public string[]? Tags { get; init; }

        public ChannelVideo ToVideo() =>
            new()
            {
                VideoId = VideoId,
                Title = Title,
                PublishedAt = PublishedAt is { } published ? new DateTimeOffset(published, TimeSpan.Zero) : null,
                Duration = DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Views = Views,
                WatchHours = WatchHours,
                Subscribers = Subscribers,
                Impressions = Impressions,
                ClickThroughPercent = ClickThroughPercent,
                Description = Description,
                Tags = Tags,
            };
    }

    /// <summary>All of them, by id.</summary>
    public async Task<IReadOnlyList<ChannelVideo>> ReadAsync(Guid userId, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(FullSql, new { userId }, ct, FullTimeoutSeconds)).Select(row => row.ToVideo())];

    /// <summary>Id, title, date and views of the newest videos, as many as predictions use; of those before the given video where it is
    /// one of them.</summary>
    public async Task<IReadOnlyList<ChannelVideo>> ReadNewestAsync(Guid userId, string? videoId, CancellationToken ct) =>
        [
            .. (
                await db.QueryAsync<Row>(
                    NewestSql,
                    new
                    {
                        userId,
                        videoId,
                        most = MostForPredictions,
                    },
                    ct
                )
            ).Select(row => row.ToVideo()),
        ];
}
