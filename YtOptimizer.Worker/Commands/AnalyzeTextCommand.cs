using System.CommandLine;
using System.Text;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze text --title … --description-file …</c>: suggestions for one video, without key or network.</summary>
internal static class AnalyzeTextCommand
{
    public static Command Create()
    {
        var title = new Option<string>("--title") { Description = "The video's title.", Required = true };
        var description = new Option<FileInfo?>("--description-file") { Description = "File with the description." };
        var transcript = new Option<FileInfo?>("--transcript-file") { Description = "Transcript: .srt, .vtt or plain text." };
        var tags = new Option<string?>("--tags") { Description = "Present tags, separated by commas." };
        var channel = new Option<string?>("--channel") { Description = "The channel's name." };
        var seconds = new Option<double?>("--duration") { Description = "Duration in seconds." };
        var json = new Option<bool>("--json") { Description = "Print the whole result as JSON." };
        var command = new Command("text", "Suggestions for one video from its text.")
        {
            title,
            description,
            transcript,
            tags,
            channel,
            seconds,
            json,
        };
        command.SetAction(result =>
        {
            var input = new VideoInput
            {
                Title = result.GetRequiredValue(title),
                Description = Read(result.GetValue(description)) ?? "",
                Transcript = result.GetValue(transcript) is { } spoken
                    ? TranscriptParser.Parse(TranscriptEncoding.Decode(File.ReadAllBytes(spoken.FullName)))
                    : null,
                Tags = result.GetValue(tags)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                ChannelTitle = result.GetValue(channel),
                Duration = result.GetValue(seconds) is { } value ? TimeSpan.FromSeconds(value) : null,
            };
            var analysis = new Analyzer().Analyze(input);
            if (result.GetValue(json))
            {
                Console.WriteLine(Encoding.UTF8.GetString(AnalysisJson.ToBytes(analysis)));
            }
            else
            {
                AnalysisReport.Write(Console.Out, analysis);
            }

            return 0;
        });
        return command;
    }

    private static string? Read(FileInfo? file) => file is null ? null : File.ReadAllText(file.FullName, Encoding.UTF8);
}
