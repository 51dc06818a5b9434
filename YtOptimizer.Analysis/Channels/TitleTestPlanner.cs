using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <param name="VideoId">Whose title to test.</param>
/// <param name="Current">The title it has.</param>
/// <param name="Reason">Why this video.</param>
/// <param name="Titles">The current title and at most two others, as YouTube's "Test &amp; compare" takes three.</param>
/// <param name="LeftOut">Candidates that say nearly the same as one of them, or came after the third.</param>
/// <param name="ImpressionsNeeded">In all, to tell a tenth more clicks from chance (95 % sure, 80 % of the time); null where the click
/// rate is not known.</param>
/// <param name="Days">How long that takes at the video's rate so far; null where impressions are not known.</param>
/// <param name="Advice">What the numbers mean for this video.</param>
public sealed record TitleTestPlan(
    string VideoId,
    string Current,
    string Reason,
    IReadOnlyList<TitlePrediction> Titles,
    IReadOnlyList<string> LeftOut,
    long? ImpressionsNeeded,
    int? Days,
    string Advice
);

/// <summary>Plans a test for YouTube's own "Test &amp; compare", which no API starts: the creator does, in Studio.</summary>
public static class TitleTestPlanner
{
    public const int MostTitles = 3;

    /// <summary>YouTube ends a test after two weeks.</summary>
    public const int MostDays = 14;
    private const double TooAlike = 0.6;
    private const double Difference = 0.1;
    private const int Recent = 200;

    /// <summary>The video where a better title would win most clicks: many impressions a day, fewer clicks per impression than the channel
    /// has. Null when impressions are not known.</summary>
    public static ChannelVideo? Choose(IReadOnlyList<ChannelVideo> videos)
    {
        ArgumentNullException.ThrowIfNull(videos);
        var known = videos.Where(video => video is { Impressions: > 0, ClickThroughPercent: not null, PublishedAt: not null }).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var rates = known.Select(video => video.ClickThroughPercent!.Value).Order().ToList();
        var median = rates[rates.Count / 2];
        return known
            .OrderByDescending(video => video.PublishedAt)
            .Take(Recent)
            .OrderByDescending(video => PerDay(video, videos) * Math.Max(0, median - video.ClickThroughPercent!.Value))
            .ThenByDescending(video => PerDay(video, videos))
            .ThenBy(video => video.VideoId, StringComparer.Ordinal)
            .First();
    }

    public static TitleTestPlan Plan(
        ChannelModel model,
        IReadOnlyList<ChannelVideo> videos,
        ChannelVideo video,
        IReadOnlyList<string> candidates,
        bool chosen
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(videos);
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(candidates);
        var predicted = model.Predict([video.Title, .. candidates], video.VideoId);
        var taken = new List<TitlePrediction> { predicted[0] };
        var leftOut = new List<string>();
        // Different titles teach most; among them, what the channel's past speaks for comes first.
        foreach (var candidate in predicted.Skip(1).OrderByDescending(title => title.TimesUsual ?? 1))
        {
            if (taken.Count < MostTitles && taken.TrueForAll(other => Alike(other.Title, candidate.Title) <= TooAlike))
            {
                taken.Add(candidate);
            }
            else
            {
                leftOut.Add(candidate.Title);
            }
        }

        long? needed = video.ClickThroughPercent is > 0 and < 100 ? taken.Count * Needed(video.ClickThroughPercent.Value / 100) : null;
        var perDay = PerDay(video, videos);
        int? days = needed is { } impressions && perDay > 0 ? (int)Math.Min(100_000, Math.Ceiling(impressions / perDay)) : null;
        return new TitleTestPlan(
            video.VideoId,
            video.Title,
            chosen ? "Many impressions a day and fewer clicks per impression than the channel's median." : "You chose it.",
            taken,
            leftOut,
            needed,
            days,
            Advice(taken.Count, days)
        );
    }

    private static string Advice(int titles, int? days) =>
        titles < 2 ? "Give at least one title that differs from the current one in more than two fifths of its words."
        : days is null
            ? "How long it takes cannot be said without impressions and click-through rate: export both columns. YouTube ends a test after "
                + $"{MostDays} days."
        : days <= MostDays ? "YouTube's test can tell a tenth more clicks from chance in this time."
        : $"YouTube ends a test after {MostDays} days: on this video only a large difference will show. A result that says "
            + "\"no winner\" is then no proof that the titles do equally well.";

    private static double Alike(string a, string b) =>
        Similarity.Jaccard(TitleWords.Of(a).ToHashSet(StringComparer.Ordinal), TitleWords.Of(b).ToHashSet(StringComparer.Ordinal));

    /// <summary>Impressions for each title: the usual sample size for two shares, 5 % and 80 %.</summary>
    private static long Needed(double rate)
    {
        var better = Math.Min(0.999, rate * (1 + Difference));
        var spread = (rate * (1 - rate)) + (better * (1 - better));
        return (long)Math.Ceiling(Math.Pow(1.96 + 0.842, 2) * spread / Math.Pow(better - rate, 2));
    }

    // Since it was published, by the channel's newest video; an export over a shorter time gives too few.
    private static double PerDay(ChannelVideo video, IReadOnlyList<ChannelVideo> videos) =>
        video is { Impressions: { } impressions, PublishedAt: { } published }
            ? impressions / Math.Max(1, (videos.Max(other => other.PublishedAt ?? published) - published).TotalDays)
            : 0;
}
