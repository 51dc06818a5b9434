using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Titles of other videos of the same channel that the user had analysed: how the channel names its videos, and which titles a
/// suggestion must not repeat.</summary>
public sealed class ChannelTitles(Db db, TimeProvider time)
{
    private const int MostRead = 200;
    private const int Most = 50;

    // The user's newest analyses by their index, each looked up by primary key among what YouTube told; nothing is fetched for it.
    private const string ReadSql = """
        SELECT title FROM (
            SELECT DISTINCT ON (a.video_id) a.video_title AS title, a.created_at
            FROM (
                SELECT video_id, video_title, created_at FROM audits
                WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT @mostRead
            ) AS a
            JOIN video_metadata_cache AS theirs ON theirs.video_id = a.video_id AND theirs.field = 'channelId' AND theirs.expires_at > @now
            JOIN video_metadata_cache AS own ON own.video_id = @videoId AND own.field = 'channelId' AND own.expires_at > @now
            WHERE a.video_id <> @videoId AND a.video_title IS NOT NULL AND theirs.value = own.value
            ORDER BY a.video_id, a.created_at DESC
        ) AS newest ORDER BY created_at DESC, title LIMIT @most
        """;

    /// <summary>Newest first; empty where the channel is not known or nothing else of it was analysed within a month.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(Guid userId, string? videoId, CancellationToken ct) =>
        videoId is null
            ? []
            : await db.QueryAsync<string>(
                ReadSql,
                new
                {
                    userId,
                    videoId,
                    mostRead = MostRead,
                    most = Most,
                    now = time.GetUtcNow(),
                },
                ct
            );
}
