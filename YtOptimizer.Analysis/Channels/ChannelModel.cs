using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>
/// Predicts how titles do on one channel, from that channel's videos alone: the lift of a video is its views against the mean of the
/// videos before it (logarithms), the prediction the mean lift of titles that resemble it. Nothing published at the same time or later is
/// ever used.
/// </summary>
public sealed class ChannelModel
{
    /// <summary>Videos with views and a date before anything is said.</summary>
    public const int FewestVideos = 20;

    private const int UsualOver = 30;
    private const double Doubt = 0.3;
    private const int MostBacktested = 2000;
    private const int FewestForRho = 10;

    private readonly ChannelVideo[] videos;
    private readonly int[][] titles;
    private readonly double[] lifts;
    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly List<(double Predicted, double Outcome)> backtest = [];
    private readonly double[] errors;
    private readonly double[] predicted;

    private ChannelModel(IEnumerable<ChannelVideo> all, CancellationToken ct)
    {
        using var meter = WorkMeter.Start(ct);
        videos =
        [
            .. all.Where(video => video is { Views: not null, PublishedAt: not null })
                .OrderBy(video => video.PublishedAt)
                .ThenBy(video => video.VideoId, StringComparer.Ordinal),
        ];
        titles = [.. videos.Select(video => Ids(video.Title, words))];
        lifts = Lifts();
        Backtest(ct);
        Validity = Measure();
        errors = [.. backtest.Select(pair => pair.Outcome - pair.Predicted).Order()];
        predicted = [.. backtest.Select(pair => pair.Predicted).Order()];
    }

    /// <summary>Videos with views and a date.</summary>
    public int Videos => videos.Length;

    public bool IsReady => videos.Length >= FewestVideos;

    public ChannelValidity Validity { get; }

    /// <summary>What each video with a known lift was predicted and what it did, oldest first (natural logarithms).</summary>
    internal IReadOnlyList<(double Predicted, double Outcome)> Backtested => backtest;

    internal IReadOnlyList<ChannelVideo> Ordered => videos;

    /// <summary>NaN where nothing was published before.</summary>
    internal IReadOnlyList<double> LiftsOfOrdered => lifts;

    /// <summary>Takes time in proportion to the number of videos.</summary>
    public static ChannelModel Fit(IEnumerable<ChannelVideo> videos, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        return new ChannelModel(videos, ct);
    }

    /// <summary>One prediction a title; of a title for a video of the channel, only earlier videos count.</summary>
    /// <param name="candidates">Titles.</param>
    /// <param name="videoId">The video they are for, where it is one of the channel's.</param>
    public IReadOnlyList<TitlePrediction> Predict(IReadOnlyList<string> candidates, string? videoId = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var own = videoId is null ? -1 : Array.FindIndex(videos, video => video.VideoId == videoId);
        var end = own < 0 ? videos.Length : FirstOfMoment(own);
        if (end < FewestVideos)
        {
            return [.. candidates.Select(title => new TitlePrediction { Title = title, Basis = PredictionBasis.NotEnoughData })];
        }

        var history = new TitleHistory(titles, lifts, words.Count);
        history.GrowTo(end);
        return [.. candidates.Select(title => Predict(title, history))];
    }

    private TitlePrediction Predict(string title, TitleHistory history)
    {
        var known = words.Count;
        var ids = TitleWords
            .Of(title)
            .Distinct(StringComparer.Ordinal)
            .Select((word, i) => words.TryGetValue(word, out var id) ? id : known + i)
            .ToArray();
        var neighbours = history.Neighbours(ids);
        var evidence = neighbours.Sum(neighbour => neighbour.Similarity);
        var lift = Lift(neighbours);
        var said = evidence >= Doubt;
        return new TitlePrediction
        {
            Title = title,
            Basis = said ? PredictionBasis.Neighbours : PredictionBasis.NoEvidence,
            TimesUsual = said ? Times(lift) : null,
            Low = said && errors.Length >= FewestForRho ? Times(lift + errors[(int)(errors.Length * 0.1)]) : null,
            High = said && errors.Length >= FewestForRho ? Times(lift + errors[(int)(errors.Length * 0.9)]) : null,
            Percentile =
                said && predicted.Length >= FewestForRho ? (int)(100.0 * predicted.Count(value => value < lift) / predicted.Length) : null,
            Evidence = Math.Round(evidence, 3),
            Neighbours =
            [
                .. neighbours.Take(5).Select(neighbour => Shown(videos[neighbour.Video], neighbour.Similarity, lifts[neighbour.Video])),
            ],
        };
    }

    internal static TitleNeighbour Shown(ChannelVideo video, double similarity, double lift) =>
        new(video.VideoId, video.Title, video.PublishedAt!.Value, video.Views!.Value, Math.Round(similarity, 3), Times(lift));

    private static double Times(double lift) => Math.Round(Math.Exp(Math.Clamp(lift, -20, 20)), 3);

    private double Lift(List<(int Video, double Similarity)> neighbours)
    {
        double sum = 0,
            weight = Doubt;
        foreach (var (video, similarity) in neighbours)
        {
            sum += similarity * lifts[video];
            weight += similarity;
        }

        return sum / weight;
    }

    private static int[] Ids(string title, Dictionary<string, int> words)
    {
        var ids = new HashSet<int>();
        foreach (var word in TitleWords.Of(title))
        {
            if (!words.TryGetValue(word, out var id))
            {
                words.Add(word, id = words.Count);
            }

            ids.Add(id);
        }

        return [.. ids];
    }

    // Days are all that Studio tells: videos of one day do not explain each other.
    private int FirstOfMoment(int video)
    {
        while (video > 0 && videos[video - 1].PublishedAt == videos[video].PublishedAt)
        {
            video--;
        }

        return video;
    }

    private double[] Lifts()
    {
        var sums = new double[videos.Length + 1];
        var found = new double[videos.Length];
        for (int i = 0, first = 0; i < videos.Length; i++)
        {
            first = i > 0 && videos[i - 1].PublishedAt == videos[i].PublishedAt ? first : i;
            var log = Math.Log(videos[i].Views!.Value + 1.0);
            sums[i + 1] = sums[i] + log;
            var from = Math.Max(0, first - UsualOver);
            found[i] = first == 0 ? double.NaN : log - ((sums[first] - sums[from]) / (first - from));
        }

        return found;
    }

    private void Backtest(CancellationToken ct)
    {
        var history = new TitleHistory(titles, lifts, words.Count);
        for (int i = 0, first = 0; i < videos.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            first = i > 0 && videos[i - 1].PublishedAt == videos[i].PublishedAt ? first : i;
            history.GrowTo(first);
            if (first >= FewestVideos && i >= videos.Length - MostBacktested)
            {
                backtest.Add((Lift(history.Neighbours(titles[i])), lifts[i]));
            }
        }
    }

    private ChannelValidity Measure()
    {
        if (backtest.Count < FewestForRho)
        {
            return new ChannelValidity(backtest.Count, null, null, null, Proven: false);
        }

        var rho = RankCorrelation.Spearman([.. backtest.Select(pair => pair.Predicted)], [.. backtest.Select(pair => pair.Outcome)]);
        var (low, high) = RankCorrelation.Interval(rho, backtest.Count);
        return new ChannelValidity(backtest.Count, Math.Round(rho, 3), Math.Round(low, 3), Math.Round(high, 3), low > 0);
    }
}
