using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>How much the caller has imported, and what of it is known.</summary>
internal static class GetChannel
{
    /// <summary>Counts of videos; all 0 where nothing was imported.</summary>
    public sealed record Response
    {
        public int Videos { get; init; }

        /// <summary>With views and a publish time: what predictions rest on.</summary>
        public int Usable { get; init; }

        /// <summary>Usable videos before anything is predicted.</summary>
        public int FewestUsable { get; init; } = ChannelModel.FewestVideos;

        public int WithImpressions { get; init; }

        public int WithDescription { get; init; }

        public int WithTags { get; init; }

        public DateTime? FirstPublishedAt { get; init; }

        public DateTime? LastPublishedAt { get; init; }

        public DateTime? ImportedAt { get; init; }

        /// <summary>Videos that may be kept.</summary>
        public int Limit { get; init; } = StudioFile.MostVideos;
    }

    private const string Sql = """
        SELECT count(*)::int AS videos, count(*) FILTER (WHERE views IS NOT NULL AND published_at IS NOT NULL)::int AS usable,
            count(impressions)::int AS with_impressions, count(description)::int AS with_description, count(tags)::int AS with_tags,
            min(published_at) AS first_published_at, max(published_at) AS last_published_at, max(imported_at) AS imported_at
        FROM channel_videos WHERE user_id = @userId
        """;

    public static async Task<Ok<Response>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(await db.FirstOrDefaultAsync<Response>(Sql, new { userId = user.Id }, ct));
}
