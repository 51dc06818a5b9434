using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze chapters --file X.vtt --gold X.json [--json]</c>: chapters of a timed transcript, compared with a
/// person's.</summary>
internal static class AnalyzeChaptersCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--file")
        {
            Description = "Timed transcript: WebVTT, SRT, SBV or text with times.",
            Required = true,
        };
        var gold = new Option<FileInfo?>("--gold")
        {
            Description = "JSON file with a person's chapters: {\"chapters\":[{\"start\":\"1:05\",\"title\":\"…\"}]}.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "chapters",
            "Chapters of a timed transcript and, with --gold, how well their starts agree (F1 within 10 seconds)."
        )
        {
            file,
            gold,
            json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(gold), result.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? gold, bool json)
    {
        IReadOnlyList<Chapter> theirs = [];
        Transcript transcript;
        try
        {
            transcript = TranscriptParser.Parse(TranscriptEncoding.Decode(File.ReadAllBytes(file.FullName)));
            theirs = gold is null ? [] : ChapterEvaluation.ReadGold(File.ReadAllText(gold.FullName));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            Console.Error.WriteLine($"Cannot read the files: {exception.Message}");
            return 2;
        }

        if (!transcript.IsTimed)
        {
            Console.Error.WriteLine($"{file.FullName} holds no readable times. Give a WebVTT, SRT or SBV file.");
            return 2;
        }

        var analyzer = new Analyzer();
        var result = analyzer.Analyze(
            new VideoInput
            {
                Title = analyzer.WorkingTitle(transcript),
                HasWorkingTitle = true,
                Transcript = transcript,
            }
        );
        var score = gold is null ? null : ChapterEvaluation.Compare(result.Chapters.Chapters, theirs);
        if (json)
        {
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        file = file.Name,
                        language = result.Language.Code,
                        toleranceSeconds = ChapterEvaluation.Tolerance,
                        score?.F1,
                        score?.Precision,
                        score?.Recall,
                        score?.F1WithStart,
                        score?.Predicted,
                        score?.Gold,
                        score?.Matched,
                        score?.Missed,
                        score?.Extra,
                        chapters = AnalysisReport.Chapters(result),
                    },
                    AnalysisJson.Options
                )
            );
            return 0;
        }

        foreach (var chapter in AnalysisReport.Chapters(result))
        {
            Console.WriteLine($"  {chapter.Start} {chapter.Title}");
        }

        if (score is not null)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"F1 {score.F1:F3} (precision {score.Precision:F3}, recall {score.Recall:F3}; {score.Matched} of {score.Gold} starts "
                        + $"met within {ChapterEvaluation.Tolerance:0} s, {score.Predicted} given; with 0:00 {score.F1WithStart:F3})"
                )
            );
        }

        return 0;
    }
}
