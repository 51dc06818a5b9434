using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>One line of a data file: a real video with the tags its creator chose.</summary>
internal sealed record EvaluationVideo
{
    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? ChannelTitle { get; init; }

    public string? ChannelId { get; init; }

    public double? ViewCount { get; init; }

    public string? CategoryId { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string? Duration { get; init; }

    public string? DeclaredLanguage { get; init; }

    public string? DetectedLanguage { get; init; }

    public string? SourceRepo { get; init; }

    public string Channel => ChannelId ?? ChannelTitle ?? Id;

    /// <summary>The creator's tags in matching form, without duplicates and without the channel's own name.</summary>
    public HashSet<string> Gold()
    {
        var gold = Tags.Select(Folding.Fold).Where(tag => tag.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (ChannelTitle is not null)
        {
            gold.Remove(Folding.Fold(ChannelTitle));
        }

        return gold;
    }

    /// <summary>What the keyphrase figures are measured on: title and description, nothing else.</summary>
    public VideoInput ToText() => new() { Title = Title, Description = Description };

    /// <summary>The whole video, as an analysis gets it.</summary>
    public VideoInput ToInput() =>
        new()
        {
            Title = Title,
            Description = Description,
            Tags = Tags,
            ChannelTitle = ChannelTitle,
            CategoryId = CategoryId,
            DeclaredLanguage = DeclaredLanguage,
            Duration = VideoJson.Duration(Duration),
            PublishedAt = PublishedAt,
        };

    /// <summary>Videos that count for keyphrase figures: at least 5 gold tags, a description of at least 80 characters, at most 10 per
    /// channel.</summary>
    public static List<EvaluationVideo> Scored(IEnumerable<EvaluationVideo> videos)
    {
        var perChannel = new Dictionary<string, int>(StringComparer.Ordinal);
        var scored = new List<EvaluationVideo>();
        foreach (var video in videos)
        {
            if (video.Description.Length < 80 || video.Gold().Count < 5)
            {
                continue;
            }

            var count = perChannel.GetValueOrDefault(video.Channel);
            if (count < 10)
            {
                perChannel[video.Channel] = count + 1;
                scored.Add(video);
            }
        }

        return scored;
    }
}
