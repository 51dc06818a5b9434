using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What the chain found about a video.</summary>
public sealed record VideoLookup
{
    public YouTubeVideo? Video { get; init; }

    /// <summary>Field (camelCase) → youtube_api or oembed.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>YouTube answered that there is no such public video.</summary>
    public bool NotFound { get; init; }

    /// <summary>The answer came from our cache.</summary>
    public bool FromCache { get; init; }

    /// <summary>A configured source could not be asked; the answer is older or poorer than usual.</summary>
    public bool Degraded { get; init; }

    /// <summary>Why, e.g. quotaExceeded; null when not degraded.</summary>
    public string? DegradedReason { get; init; }

    /// <summary>When asking again can help.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When YouTube's data in this answer must be deleted or refreshed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Cache → YouTube Data API → oEmbed. What a user sends is laid over it by the caller, field by field.</summary>
public sealed partial class VideoMetadataSource(
    VideoMetadataCache cache,
    SuggestionCache flights,
    YouTubeBatcher batcher,
    OEmbed oEmbed,
    IOptions<YouTubeOptions> options,
    TimeProvider time,
    ILogger<VideoMetadataSource> logger
)
{
    /// <summary>Between two looks at what another process is fetching.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly YouTubeOptions options = options.Value;
    private readonly SingleFlight<VideoLookup> underWay = new();

    /// <param name="videoId">Eleven characters, from the URL parser.</param>
    /// <param name="needTitle">False skips oEmbed, which knows little more than the title.</param>
    /// <param name="ct">Cancels the wait; a shared upstream call goes on while somebody else waits for it.</param>
    public Task<VideoLookup> FindAsync(string videoId, bool needTitle, CancellationToken ct) =>
        underWay.RunAsync($"{videoId}/{needTitle}", token => FindOnceAsync(videoId, needTitle, token), ct);

    /// <summary>Of all processes one asks YouTube about a video; the others wait for what it stores.</summary>
    private async Task<VideoLookup> FindOnceAsync(string videoId, bool needTitle, CancellationToken ct)
    {
        while (true)
        {
            var cached = await cache.ReadAsync(videoId, ct);
            if (IsGoodEnough(cached))
            {
                return FromCache(cached!);
            }

            await using var flight = await SuggestionFlight.TryBeginAsync(flights, "video/" + videoId, time, ct);
            if (flight is not null)
            {
                // Another process may have stored it between the look and the turn.
                cached = await cache.ReadAsync(videoId, ct);
                return IsGoodEnough(cached) ? FromCache(cached!) : await AskAsync(videoId, needTitle, cached, ct);
            }

            await Task.Delay(LookAgain, ct);
        }
    }

    private bool IsGoodEnough(CachedVideo? cached) => cached is { IsFresh: true } && !(options.HasKey && IsOEmbedOnly(cached));

    private async Task<VideoLookup> AskAsync(string videoId, bool needTitle, CachedVideo? cached, CancellationToken ct)
    {
        YouTubeApiException? failure = null;
        if (options.HasKey)
        {
            try
            {
                var video = await batcher.GetAsync(videoId, ct);
                var expires = await cache.WriteAsync(videoId, video, VideoMetadataCache.YouTubeApiSource, ct);
                return video is null ? new VideoLookup { NotFound = true } : Found(video, VideoMetadataCache.YouTubeApiSource, expires);
            }
            catch (YouTubeApiException inner)
            {
                failure = inner;
                Log.Degraded(logger, videoId, inner.Reason);
            }
        }

        if (cached?.Video is not null)
        {
            // Older than usual, but within YouTube's 30 days.
            return Degrade(FromCache(cached), failure);
        }

        var answer = needTitle ? await oEmbed.GetAsync(videoId, ct) : new OEmbedAnswer(null, false);
        if (answer.Video is { } found)
        {
            var expires = await cache.WriteAsync(videoId, found, VideoMetadataCache.OEmbedSource, ct);
            return Degrade(Found(found, VideoMetadataCache.OEmbedSource, expires), failure);
        }

        return Degrade(new VideoLookup { NotFound = answer.Refused }, failure);
    }

    private static bool IsOEmbedOnly(CachedVideo cached) =>
        cached.Video is not null && cached.Sources.Values.All(source => source == VideoMetadataCache.OEmbedSource);

    private static VideoLookup FromCache(CachedVideo cached) =>
        new()
        {
            Video = cached.Video,
            Sources = cached.Sources,
            NotFound = cached.Video is null,
            FromCache = true,
            ExpiresAt = cached.ExpiresAt,
        };

    private static VideoLookup Found(YouTubeVideo video, string source, DateTimeOffset expires) =>
        new()
        {
            Video = video,
            Sources = SourcesOf(video, source),
            ExpiresAt = expires,
        };

    private static VideoLookup Degrade(VideoLookup lookup, YouTubeApiException? failure) =>
        failure is null ? lookup : lookup with { Degraded = true, DegradedReason = failure.Reason, RetryAt = failure.Until };

    private static Dictionary<string, string> SourcesOf(YouTubeVideo video, string source) =>
        System
            .Text.Json.JsonSerializer.SerializeToNode(video, AnalysisJson.Options)!
            .AsObject()
            .ToDictionary(field => field.Key, _ => source, StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Metadata of {VideoId} is taken from a lesser source: {Reason}")]
        public static partial void Degraded(ILogger logger, string videoId, string reason);
    }
}
