namespace YtOptimizer.Analysis.Channels;

/// <summary>One video as a file of the creator tells it; null where the file does not say.</summary>
public sealed record ChannelVideo
{
    public required string VideoId { get; init; }

    public required string Title { get; init; }

    /// <summary>UTC; midnight where the file gives only the day.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    public long? Views { get; init; }

    public double? WatchHours { get; init; }

    /// <summary>Won less lost; may be negative.</summary>
    public long? Subscribers { get; init; }

    public long? Impressions { get; init; }

    /// <summary>Clicks per impression, in percent.</summary>
    public double? ClickThroughPercent { get; init; }

    /// <summary>Only Takeout writes it.</summary>
    public string? Description { get; init; }

    /// <summary>Only Takeout writes them; empty means that the file has the column and the video no tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>These values where they are known, those of an earlier file elsewhere.</summary>
    public ChannelVideo Over(ChannelVideo earlier) =>
        this with
        {
            PublishedAt = PublishedAt ?? earlier.PublishedAt,
            Duration = Duration ?? earlier.Duration,
            Views = Views ?? earlier.Views,
            WatchHours = WatchHours ?? earlier.WatchHours,
            Subscribers = Subscribers ?? earlier.Subscribers,
            Impressions = Impressions ?? earlier.Impressions,
            ClickThroughPercent = ClickThroughPercent ?? earlier.ClickThroughPercent,
            Description = Description ?? earlier.Description,
            Tags = Tags ?? earlier.Tags,
        };
}
