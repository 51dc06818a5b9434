using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze eval --file FILE.jsonl [--json]</c></summary>
internal static class AnalyzeEvalCommand
{
    private const int MostShown = 10;

    public static Command Create()
    {
        var file = new Option<FileInfo>("--file")
        {
            Description = "JSON Lines, one video a line (id, title, description, tags, channelTitle, …).",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables." };
        var command = new Command(
            "eval",
            "Measure the analyzer: keyphrases against the creators' tags, constraints, grounding, metamorphic checks, determinism, speed."
        )
        {
            file,
            json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo file, bool json)
    {
        if (!file.Exists)
        {
            Console.Error.WriteLine($"{file.FullName} does not exist. Give a JSON Lines file, for example samples/videos.jsonl.");
            return 2;
        }

        EvaluationFile data;
        try
        {
            data = EvaluationFile.Read(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file.FullName} cannot be read: {exception.Message}");
            return 2;
        }

        foreach (var line in data.Skipped.Take(MostShown))
        {
            Console.Error.WriteLine($"left out, {line}");
        }

        if (data.Skipped.Count > MostShown)
        {
            Console.Error.WriteLine($"… and {data.Skipped.Count - MostShown} more lines left out.");
        }

        if (data.Videos.Count == 0)
        {
            Console.Error.WriteLine(
                $"{file.FullName} holds no videos. Each line must be a JSON object with title and description (and tags, channelTitle, "
                    + $"channelId, …); samples/videos.jsonl shows how."
            );
            return 2;
        }

        var report = new Evaluator(new Analyzer(), data.Videos, json ? null : step => Console.Error.WriteLine($"… {step}")).Run() with
        {
            SkippedLines = data.Skipped,
        };
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, AnalysisJson.Options));
        }
        else
        {
            Print(report);
        }

        return 0;
    }

    private static void Print(EvaluationReport report)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]Analyzer {report.AnalyzerVersion}[/] on {report.Videos} videos; keyphrases on {report.ScoredVideos} videos"
        );
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"of {report.ScoredChannels} channels (at least 5 tags and 80 characters of description, at most 10 per channel; tags hidden)."
        );
        if (report.ScoredVideosSeenInTraining > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[yellow]{report.ScoredVideosSeenInTraining} of them were training data of the shipped model: its figures are too good.[/]"
            );
            AnsiConsole.WriteLine("See docs/analysis.md for unseen channels.");
        }

        var methods = new Table()
            .Title("Keyphrases against the creators' tags (exact match)")
            .AddColumns("method", "P@5", "P@10", "95 % interval", "R@10", "hit@10");
        foreach (var method in report.Methods)
        {
            methods.AddRow(
                Markup.Escape(method.Name),
                N(method.P5),
                N(method.P10),
                $"{N(method.P10Interval.Low)}–{N(method.P10Interval.High)}",
                N(method.R10),
                N(method.Hit10)
            );
        }

        AnsiConsole.Write(methods);
        var languages = new Table()
            .Title("By language")
            .AddColumns("language", "videos", "P@5", "P@10", "R@10", "YAKE P@10", "TF-IDF P@10");
        foreach (var language in report.Languages)
        {
            languages.AddRow(
                language.Language,
                language.Videos.ToString(CultureInfo.InvariantCulture),
                N(language.P5),
                N(language.P10),
                N(language.R10),
                N(language.YakeP10),
                N(language.TfIdfP10)
            );
        }

        AnsiConsole.Write(languages);
        var table = new Table().Title("Everything else").AddColumns("check", "result", "target");
        table.AddRow(
            "P@10 macro pt ru ko es ja fr de",
            $"{N(report.NonEnglishMacroP10)} (YAKE {N(report.NonEnglishMacroP10Yake)})",
            "≥ 0.16"
        );
        table.AddRow("P@10 over YAKE", $"{N(report.OverYake.Value)} [[{N(report.OverYake.Low)}, {N(report.OverYake.High)}]]", "> 0");
        table.AddRow("P@10 over TF-IDF", $"{N(report.OverTfIdf.Value)} [[{N(report.OverTfIdf.Low)}, {N(report.OverTfIdf.High)}]]", "> 0");
        table.AddRow(
            $"shown tags P@5 / P@10 ({report.Shown.TagVideos} videos, own tags hidden)",
            $"{N(report.Shown.TagsP5)} / {N(report.Shown.TagsP10)}",
            "P@10 ≥ 0.23"
        );
        table.AddRow("shown tags of several words", report.Shown.MultiWord.ToString("P0", CultureInfo.InvariantCulture), "≥ 60 %");
        table.AddRow(
            "titles per video",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Shown.TitlesPerVideo:F1}; three or more for {report.Shown.ThreeTitles}, none (keep yours) for "
                    + $"{report.Shown.KeepYours} of {report.Videos}"
            ),
            "≥ 80 % with three"
        );
        table.AddRow(
            "points of fixes by kind",
            string.Join(
                ", ",
                report.Shown.FixPoints.Take(6).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Kind} {part.Share:P0}"))
            ),
            "published"
        );
        table.AddRow("constraints", Of(report.Constraints), "100 %");
        table.AddRow("grounding", Of(report.Grounding), "100 %");
        table.AddRow("creator's links and credits kept", Of(report.CreatorContentKept), "100 %");
        table.AddRow("language kept", Of(report.LanguageKept), "≥ 99 %");
        foreach (var damage in report.Metamorphic)
        {
            table.AddRow($"score drops: {damage.Name}", Of(new Share(damage.Good, damage.Of, damage.Failures)), "100 %");
        }

        table.AddRow("own suggestions do not drop the score", Of(report.FixesDoNotDrop), "100 %");
        table.AddRow("median gain of own suggestions", report.MedianFixGain.ToString("F1", CultureInfo.InvariantCulture), "≥ 15");
        table.AddRow(
            "invalid chapter lists repaired",
            $"{report.Chapters.Repaired} of {report.Chapters.Invalid} ({report.Chapters.Lists} lists, {report.Chapters.PastEnd} "
                + $"past the end)",
            "≥ 90 %"
        );
        table.AddRow("same bytes (tr-TR, ar-SA, 8 threads)", Of(report.Determinism), "100 %");
        table.AddRow(
            "time per video p50 / p95 / p99",
            string.Create(CultureInfo.InvariantCulture, $"{report.Timing.P50:F1} / {report.Timing.P95:F1} / {report.Timing.P99:F1} ms"),
            "p95 ≤ 60 ms"
        );
        table.AddRow("memory growth", string.Create(CultureInfo.InvariantCulture, $"{report.Timing.RssGrowthMegabytes:F0} MB"), "≤ 300 MB");
        if (report.ScoreViewsRho is { } rho)
        {
            table.AddRow(
                "score and views, Spearman's rho",
                string.Create(CultureInfo.InvariantCulture, $"{rho:F3} (n = {report.ScoreViewsVideos})"),
                "published, not claimed"
            );
        }

        AnsiConsole.Write(table);
        foreach (
            var (name, share) in new[]
            {
                ("constraints", report.Constraints),
                ("grounding", report.Grounding),
                ("kept", report.CreatorContentKept),
                ("language", report.LanguageKept),
                ("fixes", report.FixesDoNotDrop),
            }.Concat(report.Metamorphic.Select(damage => (damage.Name, new Share(damage.Good, damage.Of, damage.Failures))))
        )
        {
            foreach (var failure in share.Failures.Take(5))
            {
                Console.WriteLine($"  {name}: {failure}");
            }
        }
    }

    private static string N(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Of(Share share) => string.Create(CultureInfo.InvariantCulture, $"{share.Ratio:P1} ({share.Good} of {share.Of})");
}
