using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis.Channels;

public class ChannelModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What each topic is worth on the channel, in multiples; the rest is chance.
    private static readonly (string Words, double Times)[] Topics =
    [
        ("sourdough bread starter", 6),
        ("kitchen knife sharpening", 1),
        ("channel update news", 0.2),
        ("garden tomato harvest", 1.5),
    ];

    [Fact]
    public void Predict_TopicsThatDidWell_ComeFirst_WithTheVideosThatProveIt()
    {
        var model = ChannelModel.Fit(Channel(200, 1), Ct);
        var predicted = model.Predict(["My sourdough bread rises", "A short channel update", "Quantum chromodynamics"]);
        Assert.True(
            predicted[0].TimesUsual > 1.5 && predicted[0].Low < predicted[0].TimesUsual && predicted[0].High > predicted[0].TimesUsual
        );
        Assert.True(predicted[1].TimesUsual < 0.6);
        Assert.True(predicted[0].Percentile > 60 && predicted[1].Percentile < 40);
        Assert.All(predicted[0].Neighbours, video => Assert.Contains("sourdough", video.Title, StringComparison.Ordinal));
        Assert.Equal((PredictionBasis.NoEvidence, null), (predicted[2].Basis, predicted[2].TimesUsual));
        Assert.True(model.Validity is { Proven: true, Rho: > 0.4 });
    }

    [Fact]
    public void Predict_ForAVideoOfTheChannel_UsesNothingOfItsDayOrLater()
    {
        var videos = Channel(120, 2);
        var video = videos[80];
        var now = ChannelModel.Fit(videos, Ct).Predict([video.Title], video.VideoId)[0];
        Assert.NotEmpty(now.Neighbours);
        Assert.All(now.Neighbours, neighbour => Assert.True(neighbour.PublishedAt < video.PublishedAt));

        // Whatever came on that day and later could have been otherwise.
        var otherwise = videos.Select((other, i) => i < 80 ? other : other with { Views = 7 + i }).ToList();
        var then = ChannelModel.Fit(otherwise, Ct).Predict([video.Title], video.VideoId)[0];
        Assert.Equal((now.TimesUsual, now.Evidence), (then.TimesUsual, then.Evidence));
        Assert.Equal(now.Neighbours, then.Neighbours);
    }

    [Fact]
    public void Backtest_VideosOfOneDay_DoNotExplainEachOther()
    {
        // Each day two videos with the same new words and the same new number of views: only the other one could tell.
        var videos = Enumerable
            .Range(0, 160)
            .Select(i => Video(i, $"word{i / 2}a word{i / 2}b", Start.AddDays(i / 2), (long)Math.Exp(5 + (i / 2 * 7919 % 13 / 2.0))))
            .ToList();
        Assert.All(ChannelModel.Fit(videos, Ct).Backtested, pair => Assert.Equal(0, pair.Predicted));
    }

    [Fact]
    public void Predict_FewVideos_SaysSo()
    {
        var model = ChannelModel.Fit(Channel(19, 3), Ct);
        Assert.Equal((false, PredictionBasis.NotEnoughData), (model.IsReady, model.Predict(["sourdough bread"])[0].Basis));
        Assert.Equal((0, null), (model.Validity.Predictions, model.Validity.Rho));
        Assert.Empty(LiftReading.Of(model, Ct).Lifting);
    }

    [Fact]
    public void Reading_NamesTheWordsThatLift_AndHowManyWereLookedAt()
    {
        var reading = LiftReading.Of(ChannelModel.Fit(Channel(200, 4), Ct), Ct);
        Assert.Contains(reading.Lifting, words => words.Words.Contains("sourdough", StringComparison.Ordinal) && words.Low > 1);
        Assert.Contains(reading.Lowering, words => words.Words.Contains("update", StringComparison.Ordinal) && words.High < 1);
        Assert.All(reading.Lifting, words => Assert.InRange(words.Proof.Count, 1, 5));
        Assert.True(reading.Tested > 0 && reading.ExpectedByChance > 0);
    }

    [Fact]
    public void Evaluation_ShuffledTitles_TellNothing()
    {
        var channels = Enumerable
            .Range(1, 8)
            .Select(seed => ($"channel {seed}", (IReadOnlyList<ChannelVideo>)Channel(150, seed)))
            .Append(("small", Channel(29, 9)))
            .ToList();
        var report = ChannelEvaluation.Run(channels, Ct);
        Assert.Equal((8, 1), (report.Channels.Count, report.LeftOut.Count));
        Assert.True(report.MeanRho.Low > 0.3, $"{report.MeanRho}");
        Assert.InRange(report.MeanShuffled.Value, -0.08, 0.08);
    }

    [Fact]
    public void Fit_LargeChannel_EndsAndCanBeCancelled()
    {
        var videos = Channel(StudioFile.MostVideos, 5);
        Assert.Equal(StudioFile.MostVideos, ChannelModel.Fit(videos, Ct).Videos);
        Assert.Throws<OperationCanceledException>(() => ChannelModel.Fit(videos, new CancellationToken(canceled: true)));
    }

    internal static List<ChannelVideo> Channel(int count, int seed)
    {
        var state = (ulong)seed * 0x9E3779B97F4A7C15UL;
        double Next()
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state % 1_000_000 / 1_000_000.0;
        }

        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var (words, times) = Topics[(int)(Next() * Topics.Length)];
                    var chance = Math.Exp((Next() + Next() + Next() - 1.5) * 1.5);
                    return Video(i, $"{words} number {(int)(Next() * 1000)}", Start.AddDays(i), (long)(1000 * times * chance));
                }),
        ];
    }

    private static ChannelVideo Video(int i, string title, DateTimeOffset published, long views) =>
        new()
        {
            VideoId = $"{i:00000000000}",
            Title = title,
            PublishedAt = published,
            Views = views,
        };
}
