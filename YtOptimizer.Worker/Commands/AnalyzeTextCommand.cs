using System.CommandLine;
using System.Globalization;
using System.Text;
using Spectre.Console;
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
                Print(analysis);
            }

            return 0;
        });
        return command;
    }

    private static string? Read(FileInfo? file) => file is null ? null : File.ReadAllText(file.FullName, Encoding.UTF8);

    private static void Print(AnalysisResult result)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]Score {result.Score}[/] of 100 (confidence {result.Confidence:P0}, {result.Language.Code}, {result.ContentType})."
        );
        AnsiConsole.WriteLine("It says how much of our checklist the text meets; it does not forecast views.");
        foreach (var warning in result.Warnings)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]{warning.Code}[/] {warning.Message}");
        }

        Heading("What to change first");
        foreach (var fix in result.Fixes)
        {
            Console.WriteLine($"  {fix.ScoreBefore} → {fix.ScoreAfter}  {fix.Action}");
        }

        Heading("Titles");
        foreach (var title in result.Titles)
        {
            Console.WriteLine($"  {title.Text}  ({title.Style.ToString().ToLowerInvariant()})");
        }

        Heading("Description");
        Console.WriteLine(result.Description.Text);
        Heading($"Tags ({result.Tags.TotalLength} of 500)");
        Console.WriteLine("  " + string.Join(", ", result.Tags.Tags));
        Heading("Hashtags");
        Console.WriteLine("  " + string.Join(' ', result.Hashtags));
        Heading("Chapters");
        Console.WriteLine(
            result.Chapters.Chapters.Count == 0
                ? $"  {result.Chapters.Status}"
                    + (result.Chapters.NeedsTimedTranscript ? ": give a timed transcript (.srt or .vtt) to get chapters." : "")
                : string.Join(
                    '\n',
                    result.Chapters.Chapters.Select(chapter =>
                        $"  {(int)chapter.Start.TotalMinutes}:{chapter.Start.Seconds:00} {chapter.Title}"
                    )
                )
        );
        Heading("Keywords");
        Console.WriteLine(
            "  "
                + string.Join(
                    ", ",
                    result
                        .Keywords.Primary.Concat(result.Keywords.Secondary)
                        .Concat(result.Keywords.LongTail)
                        .Select(keyword => keyword.Phrase)
                )
        );
        Heading("Thumbnail ideas");
        foreach (var idea in result.ThumbnailIdeas)
        {
            Console.WriteLine($"  {idea.Archetype}: “{idea.OverlayText}”, {idea.ColorScheme}. {idea.Concept}");
        }

        Heading("Checks");
        foreach (var check in result.Checks.Where(check => check.Applicable))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {check.Id, -2} {check.Score, 4:P0}  {check.Title}: {check.Evidence} {check.Fix}"
                )
            );
        }
    }

    private static void Heading(string text) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]{text}[/]");
}
