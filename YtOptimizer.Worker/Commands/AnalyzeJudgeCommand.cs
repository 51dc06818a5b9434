using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze judge --videos FILE.jsonl --gold FILE.jsonl [--json] [--misses N]</c></summary>
internal static class AnalyzeJudgeCommand
{
    public static Command Create()
    {
        var videos = new Option<FileInfo>("--videos")
        {
            Description = "JSON Lines, one video a line (id, title, description, tags, channelTitle, …).",
            Required = true,
        };
        var gold = new Option<FileInfo>("--gold")
        {
            Description =
                "JSON Lines, one video a line: id, language, kind, goodTitles, badTitles {text, fault}, description, badDescription, "
                + "goodTags, badTags, overlays.",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables." };
        var misses = new Option<int>("--misses") { Description = "How many wrong verdicts to print.", DefaultValueFactory = _ => 20 };
        var command = new Command(
            "judge",
            "Measure the guard: how many good texts it accepts and how many faulty ones it refuses, by part, language, kind and fault."
        )
        {
            videos,
            gold,
            json,
            misses,
        };
        command.SetAction(result =>
            Run(result.GetRequiredValue(videos), result.GetRequiredValue(gold), result.GetValue(json), result.GetValue(misses))
        );
        return command;
    }

    private static int Run(FileInfo videos, FileInfo gold, bool json, int misses)
    {
        foreach (var file in new[] { videos, gold }.Where(file => !file.Exists))
        {
            Console.Error.WriteLine($"{file.FullName} does not exist.");
            return 2;
        }

        JudgeReport report;
        try
        {
            report = Judge(EvaluationFile.Read(videos.FullName), GoldFile.Read(gold.FullName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"A file cannot be read: {exception.Message}");
            return 2;
        }

        if (report.Videos == 0)
        {
            Console.Error.WriteLine("No line of the gold file has its video (field id) in the videos file.");
            return 2;
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, AnalysisJson.Options));
        }
        else
        {
            Print(report, misses);
        }

        return 0;
    }

    private static JudgeReport Judge(EvaluationFile data, GoldFile gold)
    {
        var videos = data
            .Videos.GroupBy(video => video.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var verdicts = GuardJudge.Judge(new SuggestionGuard(new Analyzer()), videos, gold.Entries);
        return JudgeReport.Of(
            verdicts,
            gold.Entries.Count(entry => videos.ContainsKey(entry.Id)),
            [.. gold.Entries.Where(entry => !videos.ContainsKey(entry.Id)).Select(entry => entry.Id)],
            gold.Skipped
        );
    }

    private static void Print(JudgeReport report, int misses)
    {
        foreach (var line in report.SkippedLines.Concat(report.WithoutVideo.Select(id => id + ": no such video")).Take(10))
        {
            Console.Error.WriteLine($"left out, {line}");
        }

        Table($"The guard on {report.Videos.ToString(CultureInfo.InvariantCulture)} videos", report.Parts);
        Table("By half (rules were tuned on one)", report.Halves);
        Table("By fault", report.Faults);
        Table("By language", report.Languages);
        Table("By kind", report.Kinds);
        foreach (var miss in report.Misses.Take(misses))
        {
            Console.WriteLine(
                $"  {miss.Part} {miss.Language} {miss.Fault ?? "good"}: {miss.Text} "
                    + $"{string.Join(' ', miss.Reasons.Select(reason => reason.Detail))}"
            );
        }
    }

    private static void Table(string title, IReadOnlyList<JudgeRow> rows)
    {
        var table = new Table().Title(title).AddColumns("part", "", "good accepted", "faulty refused");
        foreach (var row in rows)
        {
            table.AddRow(row.Part, Markup.Escape(row.Name), Of(row.Accepted), Of(row.Refused));
        }

        AnsiConsole.Write(table);
    }

    private static string Of(Rate rate) =>
        rate.Of == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{rate.Ratio:P1} ({rate.Right} of {rate.Of})");
}
