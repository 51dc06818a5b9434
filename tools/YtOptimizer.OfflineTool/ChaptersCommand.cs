using System.CommandLine;
using YtOptimizer.Analysis;

namespace YtOptimizer.OfflineTool;

/// <summary><c>ytoptimizer chapters [FILE]</c>: chapters of a timed transcript, ready to paste into a description.</summary>
internal static class ChaptersCommand
{
    public static Command Create(StandardInput input, Lazy<Analyzer> analyzer)
    {
        var json = ToolCommand.Json();
        var sources = new SourceOptions();
        var command = new Command("chapters", "Chapters of a timed transcript, ready to paste into the description.") { json };
        sources.AddTo(command);
        ToolCommand.Run(command, async (parsed, output, ct) =>
        {
            var video = await sources.ReadAsync(parsed, input, analyzer.Value, ct);
            var result = analyzer.Value.AnalyzeUntil(video, options: null, ct);
            var chapters = AnalysisReport.Chapters(result).ToList();
            if (parsed.GetValue(json))
            {
                ToolCommand.WriteJson(
                    output,
                    new
                    {
                        language = result.Language.Code,
                        result.Chapters.Status,
                        result.Chapters.NeedsTimedTranscript,
                        chapters,
                    }
                );
                return ToolCommand.Done;
            }

            if (chapters.Count == 0)
            {
                throw new InputException(AnalysisReport.WhyNoChapters(result));
            }

            foreach (var chapter in chapters)
            {
                await output.WriteLineAsync($"{chapter.Start} {chapter.Title}");
            }

            return ToolCommand.Done;
        });
        return command;
    }
}
