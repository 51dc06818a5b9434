using YtOptimizer.Analysis;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>Measures the analyzer on a file of real videos.</summary>
internal sealed partial class Evaluator(Analyzer analyzer, IReadOnlyList<EvaluationVideo> videos, Action<string>? progress = null)
{
    private const int DeterminismVideos = 200;

    /// <summary>Videos analysed before the clock runs: until then the runtime still compiles, which a worker does once in days.</summary>
    private const int WarmUpVideos = 300;
    private static readonly string[] MacroLanguages = ["pt", "ru", "ko", "es", "ja", "fr", "de"];

    public EvaluationReport Run()
    {
        var timing = Timing();
        progress?.Invoke("keyphrases");
        var (methods, languages, per) = Keyphrases();
        progress?.Invoke("suggestions");
        var outputs = new OutputChecks(analyzer);
        var shown = new ShownSuggestions();
        EvaluationVideo.Scored(videos).ForEach(video => shown.AddTags(analyzer, video));
        var gains = new List<double>();
        var (good, notDropped) = (0, 0);
        var dropFailures = new List<string>();
        foreach (var video in videos)
        {
            var input = video.ToInput();
            var result = analyzer.Analyze(input);
            outputs.Check(video.Id, input, result);
            shown.Add(result);
            var applied = OutputChecks.Apply(input, result);
            var gain = analyzer.ScoreOf(applied) - result.ExactScore;
            gains.Add(gain);
            good++;
            if (gain >= 0)
            {
                notDropped++;
            }
            else
            {
                dropFailures.Add(video.Id);
            }
        }

        progress?.Invoke("metamorphic checks");
        var metamorphic = new Metamorphic(analyzer).Run(videos);
        progress?.Invoke("determinism");
        var determinism = Determinism();
        gains.Sort();
        var (rho, rhoCount) = ViewsCorrelation();
        return new EvaluationReport
        {
            AnalyzerVersion = Analyzer.Version,
            Videos = videos.Count,
            ScoredVideos = per.Count,
            ScoredChannels = per.Select(video => video.Channel).Distinct(StringComparer.Ordinal).Count(),
            ScoredVideosSeenInTraining = per.Count(video => video.Seen),
            Methods = methods,
            Languages = languages,
            NonEnglishMacroP10 = Macro(languages, figures => figures.P10),
            NonEnglishMacroP10Yake = Macro(languages, figures => figures.YakeP10),
            OverYake = Statistics.Bootstrap([.. per.Select(video => video.Ours.P10 - video.Yake.P10)]),
            OverTfIdf = Statistics.Bootstrap([.. per.Select(video => video.Ours.P10 - video.TfIdf.P10)]),
            Shown = shown.ToFigures(),
            Constraints = outputs.Constraints.ToShare(),
            Grounding = outputs.Grounding.ToShare(),
            CreatorContentKept = outputs.Kept.ToShare(),
            LanguageKept = outputs.Language.ToShare(),
            Metamorphic = metamorphic,
            FixesDoNotDrop = new Share(notDropped, good, dropFailures),
            MedianFixGain = gains.Count == 0 ? 0 : Math.Round(gains[gains.Count / 2], 2),
            Chapters = Chapters(),
            Determinism = determinism,
            Timing = timing,
            ScoreViewsRho = rho,
            ScoreViewsVideos = rhoCount,
        };
    }

    private (List<MethodFigures> Methods, List<LanguageFigures> Languages, List<PerVideo> Videos) Keyphrases()
    {
        var scored = EvaluationVideo.Scored(videos);
        var tfIdf = new TfIdfBaseline();
        var prepared = new List<(EvaluationVideo Video, StopWords StopWords, string Language, List<string> Ours)>();
        foreach (var video in videos)
        {
            var source = analyzer.Read(video.ToText());
            tfIdf.Add(source.SafeTitle, source.SafeDescription, source.StopWords);
        }

        foreach (var video in scored)
        {
            var source = analyzer.Read(video.ToText());
            var language = video.DetectedLanguage ?? source.Language.Code;
            prepared.Add((video, source.StopWords, language, [.. source.Phrases.Take(10).Select(phrase => phrase.Key)]));
        }

        var per = new List<PerVideo>();
        foreach (var (video, stopWords, language, ours) in prepared)
        {
            var gold = video.Gold();
            var title = TextCleaner.Clean(video.Title);
            var description = TextCleaner.Clean(video.Description);
            per.Add(
                new PerVideo(
                    video.Channel,
                    language,
                    KeyphraseModel.Default.SawVideo(video.Id),
                    Hits.Of(ours, gold),
                    Hits.Of(YakeBaseline.Extract(title, description, stopWords, 10), gold),
                    Hits.Of(tfIdf.Extract(title, description, stopWords, 10), gold)
                )
            );
        }

        var methods = new List<MethodFigures>
        {
            Figures("analyzer", per, video => video.Ours),
            Figures("TF-IDF", per, video => video.TfIdf),
            Figures("YAKE", per, video => video.Yake),
        };
        var unseen = per.Where(video => !video.Seen).ToList();
        if (unseen.Count > 0 && unseen.Count < per.Count)
        {
            methods.Add(Figures($"analyzer, the {unseen.Count} videos it was not trained on", unseen, video => video.Ours));
        }

        var languages = per.GroupBy(video => video.Language, StringComparer.Ordinal)
            .Select(group => new LanguageFigures(
                group.Key,
                group.Count(),
                Mean(group, video => video.Ours.P5),
                Mean(group, video => video.Ours.P10),
                Mean(group, video => video.Ours.R10),
                Mean(group, video => video.Yake.P10),
                Mean(group, video => video.TfIdf.P10)
            ))
            .OrderByDescending(figures => figures.Videos)
            .ThenBy(figures => figures.Language, StringComparer.Ordinal)
            .ToList();
        return (methods, languages, per);
    }

    private static MethodFigures Figures(string name, List<PerVideo> per, Func<PerVideo, Hits> of) =>
        new(
            name,
            Mean(per, video => of(video).P5),
            Mean(per, video => of(video).P10),
            Mean(per, video => of(video).R10),
            Mean(per, video => of(video).P10 > 0 ? 1 : 0),
            Statistics.Bootstrap([.. per.Select(video => of(video).P10)])
        );

    private static double Mean<T>(IEnumerable<T> items, Func<T, double> value) =>
        Math.Round(items.Select(value).DefaultIfEmpty(0).Average(), 4);

    private static double Macro(List<LanguageFigures> languages, Func<LanguageFigures, double> value)
    {
        var present = languages.Where(figures => MacroLanguages.Contains(figures.Language, StringComparer.Ordinal)).ToList();
        return present.Count == 0 ? 0 : Math.Round(present.Average(value), 4);
    }

    private ChapterFigures Chapters()
    {
        int lists = 0,
            invalid = 0,
            repaired = 0,
            pastEnd = 0;
        foreach (var video in videos)
        {
            var input = video.ToInput();
            var own = ChapterList.Parse(TextCleaner.Clean(video.Description)).Select(line => new Chapter(line.Start, line.Label)).ToList();
            if (own.Count < 2)
            {
                continue;
            }

            lists++;
            if (ChapterList.Validate(own, input.Duration).Count == 0)
            {
                continue;
            }

            invalid++;
            var result = analyzer.Analyze(input).Chapters;
            if (result.Status == ChapterStatus.Repaired && ChapterList.Validate(result.Chapters, input.Duration).Count == 0)
            {
                repaired++;
            }

            pastEnd += input.Duration is { } end && result.Chapters.Any(chapter => chapter.Start >= end) ? 1 : 0;
        }

        return new ChapterFigures(lists, invalid, repaired, pastEnd);
    }

    private sealed record PerVideo(string Channel, string Language, bool Seen, Hits Ours, Hits Yake, Hits TfIdf);
}
