namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>A video's public facts. Null means not stated: a hidden like count is not zero.</summary>
public sealed record YouTubeVideo
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? ChannelId { get; init; }

    public string? ChannelTitle { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>ISO 8601 as YouTube states it; <c>P0D</c> while live.</summary>
    public string? Duration { get; init; }

    public string? CategoryId { get; init; }

    public string? DefaultLanguage { get; init; }

    public string? DefaultAudioLanguage { get; init; }

    /// <summary>none, live or upcoming.</summary>
    public string? LiveBroadcast { get; init; }

    public bool? HasCaptions { get; init; }

    public bool? MadeForKids { get; init; }

    public string? ThumbnailUrl { get; init; }

    public int? ThumbnailWidth { get; init; }

    public int? ThumbnailHeight { get; init; }

    public long? ViewCount { get; init; }

    public long? LikeCount { get; init; }

    public long? CommentCount { get; init; }
}

/// <summary>How the Data API refused.</summary>
public enum YouTubeFailure
{
    /// <summary>5xx, timeout, network, rate limit: later may work.</summary>
    Transient,

    /// <summary>The day's quota is used up; it returns at midnight in Los Angeles.</summary>
    QuotaExceeded,

    /// <summary>The key is refused or the API is not enabled for it: an operator has to act.</summary>
    Configuration,

    /// <summary>The request was understood and refused.</summary>
    Refused,
}

/// <summary>The Data API gave no answer to use. The message holds no key and no body.</summary>
public sealed class YouTubeApiException : Exception
{
    public YouTubeApiException()
        : this(YouTubeFailure.Transient, "unknown") { }

    public YouTubeApiException(string message)
        : this(YouTubeFailure.Transient, message) { }

    public YouTubeApiException(string message, Exception innerException)
        : base(message, innerException) => Reason = "unknown";

    public YouTubeApiException(YouTubeFailure failure, string reason, DateTimeOffset? until = null, Exception? innerException = null)
        : base($"YouTube Data API: {reason}", innerException)
    {
        Failure = failure;
        Reason = reason;
        Until = until;
    }

    public YouTubeFailure Failure { get; }

    /// <summary>YouTube's own reason where stated, e.g. <c>quotaExceeded</c>.</summary>
    public string Reason { get; } = "unknown";

    /// <summary>When a call can work again, if known.</summary>
    public DateTimeOffset? Until { get; }
}
