using YtOptimizer.Analysis.Channels;

namespace YtOptimizer.Evaluation;

/// <summary>One channel: how predictions from earlier videos alone rank its later ones.</summary>
/// <param name="Channel">Name of the file, or of the channel within it.</param>
/// <param name="Videos">With views and a date.</param>
/// <param name="Rho">Spearman's ρ of prediction and outcome.</param>
/// <param name="Low">95 % interval.</param>
/// <param name="Shuffled">Mean ρ over shuffles of the titles among the videos; near 0 where the titles carry the prediction.</param>
internal sealed record ChannelScore(string Channel, int Videos, int Predictions, double Rho, double Low, double High, double Shuffled);

/// <param name="Channels">Those with enough videos, by name.</param>
/// <param name="LeftOut">Those with fewer.</param>
/// <param name="MeanRho">Mean over channels with its 95 % interval by drawing channels with replacement.</param>
/// <param name="MeanShuffled">The same with shuffled titles.</param>
internal sealed record ChannelReport(
    int FewestVideos,
    IReadOnlyList<ChannelScore> Channels,
    IReadOnlyList<string> LeftOut,
    Interval MeanRho,
    Interval MeanShuffled
);

/// <summary>Measures the channel model on channels.</summary>
internal static class ChannelEvaluation
{
    public const int FewestVideos = 30;
    private const int Shuffles = 20;

    public static ChannelReport Run(IReadOnlyList<(string Channel, IReadOnlyList<ChannelVideo> Videos)> channels, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var scores = new List<ChannelScore>();
        var leftOut = new List<string>();
        foreach (var (channel, videos) in channels.OrderBy(pair => pair.Channel, StringComparer.Ordinal))
        {
            var model = ChannelModel.Fit(videos, ct);
            if (model.Videos < FewestVideos || model.Validity.Rho is not { } rho)
            {
                leftOut.Add($"{channel} ({model.Videos} videos with views and dates)");
                continue;
            }

            var shuffled = Enumerable.Range(1, Shuffles).Average(seed => Rho(ChannelModel.Fit(Shuffled(videos, (ulong)seed), ct)));
            scores.Add(
                new ChannelScore(
                    channel,
                    model.Videos,
                    model.Validity.Predictions,
                    rho,
                    model.Validity.Low ?? -1,
                    model.Validity.High ?? 1,
                    Math.Round(shuffled, 3)
                )
            );
        }

        return new ChannelReport(
            FewestVideos,
            scores,
            leftOut,
            Statistics.Bootstrap([.. scores.Select(score => score.Rho)]),
            Statistics.Bootstrap([.. scores.Select(score => score.Shuffled)])
        );
    }

    private static double Rho(ChannelModel model) => model.Validity.Rho ?? 0;

    // The same shuffle every time.
    private static ChannelVideo[] Shuffled(IReadOnlyList<ChannelVideo> videos, ulong seed)
    {
        var state = seed * 0x9E3779B97F4A7C15UL;
        var titles = videos.Select(video => video.Title).ToArray();
        for (var i = titles.Length - 1; i > 0; i--)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            var j = (int)(state % (ulong)(i + 1));
            (titles[i], titles[j]) = (titles[j], titles[i]);
        }

        return [.. videos.Select((video, i) => video with { Title = titles[i] })];
    }
}
