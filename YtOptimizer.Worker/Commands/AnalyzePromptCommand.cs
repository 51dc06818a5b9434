using System.CommandLine;
using System.Text.Json;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze prompt --file FILE.jsonl [--id ID] [--transcript FILE] [--context-tokens N] [--json]</c></summary>
internal static class AnalyzePromptCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--file")
        {
            Description = "JSON Lines, one video a line (id, title, description, tags, channelTitle, …).",
            Required = true,
        };
        var id = new Option<string?>("--id") { Description = "Which video; the first one without it." };
        var transcript = new Option<FileInfo?>("--transcript") { Description = "WebVTT, SubRip or text of the video." };
        var context = new Option<int>("--context-tokens")
        {
            Description = "What the model reads and writes together (OPENAI_CONTEXT_TOKENS).",
            DefaultValueFactory = _ => 32_000,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object: version, system, schema, data, tokens." };
        var command = new Command("prompt", "Print what would be sent to a language model for one video. Nothing is sent.")
        {
            file,
            id,
            transcript,
            context,
            json,
        };
        command.SetAction(result =>
            Run(
                result.GetRequiredValue(file),
                result.GetValue(id),
                result.GetValue(transcript),
                result.GetValue(context),
                result.GetValue(json)
            )
        );
        return command;
    }

    private static int Run(FileInfo file, string? id, FileInfo? transcript, int context, bool json)
    {
        foreach (var missing in new[] { file, transcript }.Where(one => one is { Exists: false }))
        {
            Console.Error.WriteLine($"{missing!.FullName} does not exist.");
            return 2;
        }

        var video = EvaluationFile.Read(file.FullName).Videos.FirstOrDefault(one => id is null || one.Id == id);
        if (video is null)
        {
            Console.Error.WriteLine(id is null ? $"{file.FullName} holds no videos." : $"{file.FullName} holds no video {id}.");
            return 2;
        }

        var input = video.ToInput();
        if (transcript is not null)
        {
            input = input with { Transcript = TranscriptParser.Parse(File.ReadAllText(transcript.FullName)) };
        }

        var own = new Analyzer().Analyze(input);
        var data = SuggestionPrompt.Data(input, new OutputPreferences(), own, context);
        var tokens = TokenEstimator.CountMessages(SuggestionPrompt.System, data) + TokenEstimator.Count(SuggestionPrompt.Schema);
        if (json)
        {
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        version = SuggestionPrompt.Version,
                        system = SuggestionPrompt.System,
                        schema = SuggestionPrompt.Schema,
                        data,
                        tokens,
                    },
                    AnalysisJson.Options
                )
            );
            return 0;
        }

        Console.WriteLine($"# prompt {SuggestionPrompt.Version}, about {tokens} tokens");
        Console.WriteLine("# system");
        Console.WriteLine(SuggestionPrompt.System);
        Console.WriteLine("# answer schema");
        Console.WriteLine(SuggestionPrompt.Schema);
        Console.WriteLine("# user");
        Console.WriteLine(data);
        return 0;
    }
}
