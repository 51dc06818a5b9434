using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>Figures of what users are shown: tags against the creators' hidden ones, how many titles, where the points of fixes come
/// from.</summary>
internal sealed class ShownSuggestions
{
    private readonly List<Hits> tags = [];
    private readonly List<int> titles = [];
    private readonly SortedDictionary<string, int> points = new(StringComparer.Ordinal);
    private int shownTags;
    private int phrases;

    /// <summary>Counts titles and the points of fixes of one result.</summary>
    public void Add(AnalysisResult result)
    {
        titles.Add(result.Titles.Count);
        foreach (var fix in result.Fixes)
        {
            var kind = fix.Field + " " + fix.CheckId;
            points[kind] = points.GetValueOrDefault(kind) + Math.Max(0, fix.ScoreAfter - fix.ScoreBefore);
        }
    }

    /// <summary>Counts the tags shown for a video whose own tags are hidden from the analyzer.</summary>
    public void AddTags(Analyzer analyzer, EvaluationVideo video)
    {
        var shown = analyzer.Analyze(video.ToInput() with { Tags = [] }).Tags.Tags;
        tags.Add(Hits.Of([.. shown.Take(10).Select(Folding.Fold)], video.Gold()));
        shownTags += shown.Count;
        phrases += shown.Count(tag => Tokenizer.Tokenize(tag, StopWords.For(LanguageDetector.Undetermined)).Count > 1);
    }

    public ShownFigures ToFigures()
    {
        var all = Math.Max(1, points.Values.Sum());
        return new ShownFigures(
            tags.Count,
            Mean(tags.Select(hits => hits.P5)),
            Mean(tags.Select(hits => hits.P10)),
            Math.Round(phrases / (double)Math.Max(1, shownTags), 4),
            Mean(titles.Select(count => (double)count)),
            titles.Count(count => count == 0),
            titles.Count(count => count >= 3),
            [
                .. points
                    .OrderByDescending(pair => pair.Value)
                    .Select(pair => new PointShare(pair.Key, Math.Round(pair.Value / (double)all, 4))),
            ]
        );
    }

    private static double Mean(IEnumerable<double> values) => Math.Round(values.DefaultIfEmpty(0).Average(), 4);
}

/// <param name="TagVideos">Videos whose shown tags were compared, their own tags hidden.</param>
/// <param name="TagsP5">Share of the first five shown tags that the creator chose.</param>
/// <param name="TagsP10">The same of the first ten.</param>
/// <param name="MultiWord">Share of shown tags with more than one word; words of scripts without spaces by dictionary.</param>
/// <param name="TitlesPerVideo">Mean count of title suggestions.</param>
/// <param name="KeepYours">Videos whose title is left alone.</param>
/// <param name="ThreeTitles">Videos with three title suggestions or more.</param>
/// <param name="FixPoints">Share of all points that fixes earn, by field and check.</param>
internal sealed record ShownFigures(
    int TagVideos,
    double TagsP5,
    double TagsP10,
    double MultiWord,
    double TitlesPerVideo,
    int KeepYours,
    int ThreeTitles,
    IReadOnlyList<PointShare> FixPoints
);

internal sealed record PointShare(string Kind, double Share);
