using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze suggest --file FILE.jsonl</c>: the full result of every video, one JSON object a line. <c>--transcript FILE.vtt</c>
/// for one video.</summary>
internal static class AnalyzeSuggestCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo?>("--file")
        {
            Description = "JSON Lines, one video a line (id, title, description, tags, channelTitle, …).",
        };
        var transcript = new Option<FileInfo?>("--transcript")
        {
            Description = "Transcript of the one video of the file, or of a video of which nothing else is known.",
        };
        var command = new Command("suggest", "Full results as JSON, one video a line, without key or network.") { file, transcript };
        command.SetAction(result => Run(result.GetValue(file), result.GetValue(transcript)));
        return command;
    }

    private static int Run(FileInfo? file, FileInfo? spoken)
    {
        if (file is null && spoken is null)
        {
            Console.Error.WriteLine("Give --file with videos, --transcript with a transcript, or both for one video.");
            return 2;
        }

        var analyzer = new Analyzer();
        EvaluationFile? data;
        Transcript? transcript;
        try
        {
            data = file is null ? null : EvaluationFile.Read(file.FullName);
            transcript = spoken is null ? null : TranscriptParser.Parse(TranscriptEncoding.Decode(File.ReadAllBytes(spoken.FullName)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Cannot read the files: {exception.Message}");
            return 2;
        }

        foreach (var line in data?.Skipped ?? [])
        {
            Console.Error.WriteLine($"left out, {line}");
        }

        if (transcript is not null && data is { Videos.Count: not 1 })
        {
            Console.Error.WriteLine($"--transcript belongs to one video, {file!.Name} holds {data.Videos.Count}.");
            return 2;
        }

        if (data is null)
        {
            Print(
                spoken!.Name,
                analyzer.Analyze(
                    new VideoInput
                    {
                        Title = analyzer.WorkingTitle(transcript!),
                        HasWorkingTitle = true,
                        Transcript = transcript,
                    }
                )
            );
            return 0;
        }

        if (data.Videos.Count == 0)
        {
            Console.Error.WriteLine($"{file!.FullName} holds no videos.");
            return 2;
        }

        foreach (var video in data.Videos)
        {
            var input = video.ToInput() with { Transcript = transcript };
            Print(
                video.Id,
                analyzer.Analyze(
                    input.Title.Length > 0 || transcript is null
                        ? input
                        : input with
                        {
                            Title = analyzer.WorkingTitle(transcript),
                            HasWorkingTitle = true,
                        }
                )
            );
        }

        return 0;
    }

    private static void Print(string id, AnalysisResult result)
    {
        var node = JsonSerializer.SerializeToNode(result, AnalysisJson.Options)!.AsObject();
        node.Insert(0, "id", JsonValue.Create(id));
        Console.WriteLine(node.ToJsonString(AnalysisJson.Options));
    }
}
