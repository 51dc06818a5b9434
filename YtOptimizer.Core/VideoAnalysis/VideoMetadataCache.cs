using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What is remembered about a video. <see cref="Video"/> is null when YouTube showed none.</summary>
/// <param name="Video">The facts, or null for "no such video".</param>
/// <param name="Sources">Field → youtube_api or oembed.</param>
/// <param name="IsFresh">False: ask the upstream again if it answers.</param>
/// <param name="ExpiresAt">When the data must be gone.</param>
public sealed record CachedVideo(YouTubeVideo? Video, IReadOnlyDictionary<string, string> Sources, bool IsFresh, DateTimeOffset ExpiresAt);

/// <summary>Metadata rows with provenance and expiry per field. YouTube's terms allow 30 days at most (III.E.4).</summary>
public sealed class VideoMetadataCache(Db db, IOptions<YouTubeOptions> options, IOptions<ComplianceOptions> compliance, TimeProvider time)
{
    public const string YouTubeApiSource = "youtube_api";
    public const string OEmbedSource = "oembed";

    public static readonly TimeSpan KeepAtMost = TimeSpan.FromDays(30);

    private const string Missing = "missing";
    private static readonly string[] Statistics = ["viewCount", "likeCount", "commentCount"];

    private const string ReadSql = """
        SELECT field, value::text AS value, source, fresh_until, expires_at FROM video_metadata_cache
        WHERE video_id = @videoId AND expires_at > @now
        """;

    // Processes that write one video take turns: row by row they would wait for one another in different orders.
    private const string TurnSql = "SELECT pg_advisory_xact_lock(hashtextextended('video-metadata/' || @videoId, 0))::text";

    private const string DeleteSql = "DELETE FROM video_metadata_cache WHERE video_id = @videoId";

    private const string InsertSql = """
        INSERT INTO video_metadata_cache (video_id, field, value, source, fetched_at, fresh_until, expires_at)
        SELECT @videoId, f.field, f.value::jsonb, @source, @now, @freshUntil, f.expires_at
        FROM unnest(@fields, @values, @expiries) AS f (field, value, expires_at)
        ON CONFLICT (video_id, field) DO UPDATE SET
            value = excluded.value, source = excluded.source, fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until,
                expires_at = excluded.expires_at
        """;

    public const string PurgeSql = "DELETE FROM video_metadata_cache WHERE expires_at <= @now";

    public async Task<CachedVideo?> ReadAsync(string videoId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await db.QueryAsync<Row>(ReadSql, new { videoId, now }, ct);
        YtoMetrics.CacheRead(rows.Count > 0);
        if (rows.Count == 0)
        {
            return null;
        }

        var json = new JsonObject();
        foreach (var row in rows)
        {
            json[row.Field] = JsonNode.Parse(row.Value);
        }

        var fresh = rows.All(row => row.FreshUntil > now.UtcDateTime || Statistics.Contains(row.Field, StringComparer.Ordinal));
        var expires = new DateTimeOffset(DateTime.SpecifyKind(rows.Max(row => row.ExpiresAt), DateTimeKind.Utc));
        return json.ContainsKey(Missing)
            ? new CachedVideo(null, new Dictionary<string, string>(StringComparer.Ordinal), fresh, expires)
            : new CachedVideo(
                json.Deserialize<YouTubeVideo>(AnalysisJson.Options),
                rows.ToDictionary(row => row.Field, row => row.Source, StringComparer.Ordinal),
                fresh,
                expires
            );
    }

    /// <summary>Replaces what was known; null remembers that there is no such video.</summary>
    /// <returns>When the stored data expires.</returns>
    public async Task<DateTimeOffset> WriteAsync(string videoId, YouTubeVideo? video, string source, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var fields = video is null
            ? new JsonObject { [Missing] = true }
            : JsonSerializer.SerializeToNode(video, AnalysisJson.Options)!.AsObject();
        var freshUntil = now + (video is null ? options.Value.MissingFreshFor : options.Value.FreshFor);
        var expires = video is null ? freshUntil : now + KeepAtMost;
        var rows = fields.Where(field => field.Value is not null).ToList();
        await db.InTransactionAsync(
            async scope =>
            {
                await scope.ExecuteAsync(TurnSql, new { videoId });
                await scope.ExecuteAsync(DeleteSql, new { videoId });
                return await scope.ExecuteAsync(
                    InsertSql,
                    new
                    {
                        videoId,
                        source,
                        now,
                        freshUntil,
                        fields = rows.Select(field => field.Key).ToArray(),
                        values = rows.Select(field => field.Value!.ToJsonString(AnalysisJson.Options)).ToArray(),
                        expiries = rows.Select(field => KeptLong(field.Key) ? expires.UtcDateTime : freshUntil.UtcDateTime).ToArray(),
                    }
                );
            },
            ct
        );
        return expires;
    }

    public Task<int> PurgeAsync(CancellationToken ct) => db.ExecuteAsync(PurgeSql, new { now = time.GetUtcNow() }, ct, timeoutSeconds: 300);

    /// <summary>Without the derived-metrics amendment statistics are only passed through, not kept.</summary>
    private bool KeptLong(string field) =>
        compliance.Value.Mode == ComplianceMode.DerivedMetrics || !Statistics.Contains(field, StringComparer.Ordinal);

    private sealed record Row
    {
        public string Field { get; init; } = "";

        public string Value { get; init; } = "";

        public string Source { get; init; } = "";

        public DateTime FreshUntil { get; init; }

        public DateTime ExpiresAt { get; init; }
    }
}
