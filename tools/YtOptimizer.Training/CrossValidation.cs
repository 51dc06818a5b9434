using System.Diagnostics;
using System.Globalization;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Training;

/// <summary>
/// Honest figures: channels are dealt into folds, and for each fold lexicon and ranker are made anew without its channels.
/// Repeated with other deals, because one deal moves P@10 by about ±0.003.
/// </summary>
internal static class CrossValidation
{
    private const int Folds = 5;
    private static readonly string[] MacroLanguages = ["pt", "ru", "ko", "es", "ja", "fr", "de"];

    public static void Run(TrainingSet set, int repeats)
    {
        var scored = EvaluationVideo.Scored(set.Videos.Select(video => video.Video)).ToHashSet();
        var tfIdf = new TfIdfBaseline();
        foreach (var video in set.Videos)
        {
            tfIdf.Add(video.Video.Title, video.Video.Description, video.StopWords);
        }

        var rows = new List<Row>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var clock = Stopwatch.StartNew();
            var random = new Xorshift(11 + repeat);
            var fold = set
                .Videos.Select(video => video.Video.Channel)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToDictionary(channel => channel, _ => random.Next(Folds), StringComparer.Ordinal);
            var first = rows.Count;
            for (var k = 0; k < Folds; k++)
            {
                var model = Recipe.Fit([.. set.Videos.Where(video => fold[video.Video.Channel] != k)]);
                var analyzer = new Analyzer(model);
                foreach (var video in set.Videos.Where(video => fold[video.Video.Channel] == k && scored.Contains(video.Video)))
                {
                    rows.Add(Measure(video, model, analyzer, tfIdf, repeat));
                }
            }

            Print(
                string.Create(CultureInfo.InvariantCulture, $"deal {repeat + 1}, {clock.Elapsed.TotalSeconds:F0} s"),
                rows.Skip(first).ToList()
            );
        }

        if (repeats > 1)
        {
            Print($"mean of {repeats} deals", rows);
        }

        var best = rows.Where(row => row.Repeat == 0).ToList();
        Console.WriteLine(
            $"yake    P@5 {F(best.Average(row => row.Yake.P5))} P@10 {F(best.Average(row => row.Yake.P10))} macro "
                + $"{F(Macro(best, row => row.Yake.P10))}"
        );
        Console.WriteLine(
            $"tf-idf  P@5 {F(best.Average(row => row.TfIdf.P5))} P@10 {F(best.Average(row => row.TfIdf.P10))} macro "
                + $"{F(Macro(best, row => row.TfIdf.P10))}"
        );
        Console.WriteLine(
            $"over yake {Interval(best, row => row.Blend.P10 - row.Yake.P10)}, over tf-idf "
                + $"{Interval(best, row => row.Blend.P10 - row.TfIdf.P10)} (95 %, by channel)"
        );
        Console.WriteLine(
            $"shown tags P@5 {F(rows.Average(row => row.Shown.P5))} P@10 {Interval(rows, row => row.Shown.P10)}, of several words "
                + $"{F(rows.Sum(row => row.SeveralWords) / (double)Math.Max(1, rows.Sum(row => row.ShownTags)))}"
        );
        Console.WriteLine($"ceiling (tags among the candidates) P@10 {F(best.Average(row => row.Ceiling))}");
    }

    private static Row Measure(TrainingVideo video, KeyphraseModel model, Analyzer analyzer, TfIdfBaseline tfIdf, int repeat)
    {
        var text = TrainingSet.Extract(video, key => model.Lexicon.IsTag(key));
        var features = CandidateFeatures.Compute(text, model.Lexicon, without: null);
        List<string> Top(Func<float[][], double[]> score) =>
            [
                .. score(features)
                    .Select((odds, i) => (Odds: odds, text.Candidates[i].Key))
                    .OrderByDescending(phrase => phrase.Odds)
                    .ThenBy(phrase => phrase.Key, StringComparer.Ordinal)
                    .Take(10)
                    .Select(phrase => phrase.Key),
            ];
        var title = TextCleaner.Clean(video.Video.Title);
        var description = TextCleaner.Clean(video.Video.Description);
        var shown = analyzer.TagsOf(video.Video.ToInput() with { Tags = [] }).Tags;
        var several = shown.Count(tag => Tokenizer.Tokenize(tag, StopWords.For(LanguageDetector.Undetermined)).Count > 1);
        return new Row(
            repeat,
            video.Video.Channel,
            video.Video.DetectedLanguage ?? video.Language,
            Hits.Of(Top(model.Ranker.LogOdds), video.Gold),
            Hits.Of(Top(model.Ranker.Linear), video.Gold),
            Hits.Of(Top(model.Ranker.Boosted), video.Gold),
            Hits.Of(YakeBaseline.Extract(title, description, video.StopWords, 10), video.Gold),
            Hits.Of(tfIdf.Extract(title, description, video.StopWords, 10), video.Gold),
            Math.Min(10, text.Candidates.Count(candidate => video.Gold.Contains(candidate.Key))) / 10.0,
            Hits.Of([.. shown.Take(10).Select(Folding.Fold)], video.Gold),
            shown.Count,
            several
        );
    }

    private static void Print(string name, List<Row> rows)
    {
        foreach (
            var (method, of) in new (string, Func<Row, Hits>)[]
            {
                ("shipped", row => row.Blend),
                ("logistic", row => row.Linear),
                ("trees", row => row.Trees),
            }
        )
        {
            var languages = string.Join(
                ' ',
                rows.GroupBy(row => row.Language, StringComparer.Ordinal)
                    .Where(group => group.Count() >= 20)
                    .OrderByDescending(group => group.Count())
                    .Select(group => $"{group.Key} {F(group.Average(row => of(row).P10))}")
            );
            Console.WriteLine(
                $"{name}: {method, -8} P@5 {F(rows.Average(row => of(row).P5))} P@10 {Interval(rows, row => of(row).P10)} R@10 "
                    + $"{F(rows.Average(row => of(row).R10))} macro {F(Macro(rows, row => of(row).P10))} | {languages}"
            );
        }
    }

    private static double Macro(List<Row> rows, Func<Row, double> value) =>
        MacroLanguages.Average(language => rows.Where(row => row.Language == language).Select(value).DefaultIfEmpty(0).Average());

    // Channels are drawn, not videos: those of one channel are alike.
    private static string Interval(List<Row> rows, Func<Row, double> value)
    {
        var channels = rows.GroupBy(row => row.Channel, StringComparer.Ordinal).Select(group => group.Select(value).ToArray()).ToArray();
        var random = new Xorshift(5);
        var means = new double[1000];
        for (var round = 0; round < means.Length; round++)
        {
            double sum = 0;
            var count = 0;
            for (var i = 0; i < channels.Length; i++)
            {
                var drawn = channels[random.Next(channels.Length)];
                sum += drawn.Sum();
                count += drawn.Length;
            }

            means[round] = sum / count;
        }

        Array.Sort(means);
        return $"{F(rows.Average(value))} [{F(means[25])}, {F(means[974])}]";
    }

    private static string F(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private sealed record Row(
        int Repeat,
        string Channel,
        string Language,
        Hits Blend,
        Hits Linear,
        Hits Trees,
        Hits Yake,
        Hits TfIdf,
        double Ceiling,
        Hits Shown,
        int ShownTags,
        int SeveralWords
    );
}
