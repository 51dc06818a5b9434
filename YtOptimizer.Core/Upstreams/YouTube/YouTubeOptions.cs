using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Section <c>YouTube</c>; environment names <c>YOUTUBE_API_KEY</c>, <c>YOUTUBE_API_BASE_URL</c>,
/// <c>YOUTUBE_OEMBED_URL</c>, <c>YOUTUBE_PICTURE_URL</c>.</summary>
public sealed class YouTubeOptions
{
    public const string Section = "YouTube";

    /// <summary>Without a key the Data API is not used.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Including <c>/youtube/v3</c>.</summary>
    [Required]
    [Url]
    public string BaseUrl { get; set; } = "https://www.googleapis.com/youtube/v3";

    /// <summary>Empty switches oEmbed off.</summary>
    public string OEmbedUrl { get; set; } = "https://www.youtube.com/oembed";

    /// <summary>Where videos' own thumbnails are; empty: they are not used as pictures of drawn thumbnails.</summary>
    public string PictureUrl { get; set; } = "https://i.ytimg.com";

    public TimeSpan PictureTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer is used without asking again.</summary>
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long "no such video" is believed.</summary>
    public TimeSpan MissingFreshFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>One attempt; there are at most three.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(8);

    public TimeSpan OEmbedTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a lookup waits for others to share its call.</summary>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(5);

    public bool HasKey => !string.IsNullOrWhiteSpace(ApiKey);
}

/// <summary>Section <c>Compliance</c>: what may be made of YouTube's API data.</summary>
public sealed class ComplianceOptions
{
    public const string Section = "Compliance";

    public ComplianceMode Mode { get; set; } = ComplianceMode.TextOnly;
}

public enum ComplianceMode
{
    /// <summary>Statistics (views, likes, comments) are shown where asked for and never enter an analysis nor are kept past their
    /// freshness.</summary>
    TextOnly,

    /// <summary>For operators whom YouTube granted the derived-metrics amendment: statistics may be kept with the metadata (30
    /// days).</summary>
    DerivedMetrics,
}
