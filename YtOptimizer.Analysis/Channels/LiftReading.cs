using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis.Channels;

/// <summary>One word or pair of words, and how the videos with it in their title did.</summary>
/// <param name="Words">As compared: lower case, without marks.</param>
/// <param name="Videos">How many titles have it.</param>
/// <param name="TimesUsual">Their mean views as a multiple of what was usual just before each.</param>
/// <param name="Low">95 % interval of the mean.</param>
/// <param name="Proof">The newest of them.</param>
public sealed record LiftingWords(
    string Words,
    int Videos,
    double TimesUsual,
    double Low,
    double High,
    IReadOnlyList<TitleNeighbour> Proof
);

/// <summary>Which words went with more or fewer views than usual on the channel; what else such videos share is not known.</summary>
/// <param name="Tested">How many words were looked at.</param>
/// <param name="ExpectedByChance">How many of them would stand in the two lists, cut or not, if words did not matter at all.</param>
public sealed record LiftReading(
    int Tested,
    double ExpectedByChance,
    IReadOnlyList<LiftingWords> Lifting,
    IReadOnlyList<LiftingWords> Lowering
)
{
    private const int FewestVideos = 5;
    private const int MostShown = 15;
    private const int MostProof = 5;

    /// <summary>Words whose interval lies wholly above or below the usual.</summary>
    public static LiftReading Of(ChannelModel model, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var byWords = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var video = 0; model.IsReady && video < model.Videos; video++)
        {
            ct.ThrowIfCancellationRequested();
            if (double.IsNaN(model.LiftsOfOrdered[video]))
            {
                continue;
            }

            var words = TitleWords.Of(model.Ordered[video].Title);
            foreach (
                var key in words
                    .Where(word => word.Length > 1)
                    .Concat(words.Zip(words.Skip(1), (a, b) => a + " " + b))
                    .Distinct(StringComparer.Ordinal)
            )
            {
                if (!byWords.TryGetValue(key, out var list))
                {
                    byWords.Add(key, list = []);
                }

                list.Add(video);
            }
        }

        var tested = byWords.Where(pair => pair.Value.Count >= FewestVideos && pair.Value.Count < model.Videos).ToList();
        // A pair that stands in the same titles as its words says the same: the longer stays.
        var found = tested
            .Select(pair => Measure(model, pair.Key, pair.Value))
            .Where(words => words.Low > 1 || words.High < 1)
            .GroupBy(words => (words.Videos, words.TimesUsual, words.Proof[0].VideoId))
            .Select(same =>
                same.OrderByDescending(words => words.Words.Length).ThenBy(words => words.Words, StringComparer.Ordinal).First()
            )
            .ToList();
        return new LiftReading(
            tested.Count,
            Math.Round(tested.Count * 0.05, 1),
            [
                .. found
                    .Where(words => words.Low > 1)
                    .OrderByDescending(words => words.Low)
                    .ThenBy(words => words.Words, StringComparer.Ordinal)
                    .Take(MostShown),
            ],
            [
                .. found
                    .Where(words => words.High < 1)
                    .OrderBy(words => words.High)
                    .ThenBy(words => words.Words, StringComparer.Ordinal)
                    .Take(MostShown),
            ]
        );
    }

    private static LiftingWords Measure(ChannelModel model, string words, List<int> videos)
    {
        var mean = videos.Average(video => model.LiftsOfOrdered[video]);
        var variance = videos.Sum(video => Math.Pow(model.LiftsOfOrdered[video] - mean, 2)) / (videos.Count - 1);
        var half = Student(videos.Count - 1) * Math.Sqrt(variance / videos.Count);
        return new LiftingWords(
            words,
            videos.Count,
            Times(mean),
            Times(mean - half),
            Times(mean + half),
            [
                .. videos
                    .TakeLast(MostProof)
                    .Reverse()
                    .Select(video => ChannelModel.Shown(model.Ordered[video], 1, model.LiftsOfOrdered[video])),
            ]
        );
    }

    private static double Times(double lift) => Math.Round(Math.Exp(Math.Clamp(lift, -20, 20)), 3);

    // The 97.5 % point of Student's t, by the first terms of its expansion.
    private static double Student(int freedom) => 1.96 + (2.372 / freedom) + (2.823 / freedom / freedom);
}
