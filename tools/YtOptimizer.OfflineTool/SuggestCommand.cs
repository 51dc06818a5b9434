using System.CommandLine;
using YtOptimizer.Analysis;

namespace YtOptimizer.OfflineTool;

/// <summary><c>ytoptimizer suggest [FILE]</c>: score, titles, description, tags, chapters and thumbnail ideas for one video.</summary>
internal static class SuggestCommand
{
    public static Command Create(StandardInput input, Lazy<Analyzer> analyzer)
    {
        var json = ToolCommand.Json();
        var sources = new SourceOptions();
        var command = new Command("suggest", "Suggestions for one video: titles, description, tags, chapters, and what to change first.")
        {
            json,
        };
        sources.AddTo(command);
        ToolCommand.Run(command, async (parsed, output, ct) =>
        {
            var video = await sources.ReadAsync(parsed, input, analyzer.Value, ct);
            var result = analyzer.Value.AnalyzeUntil(video, options: null, ct);
            if (parsed.GetValue(json))
            {
                ToolCommand.WriteJson(output, result);
            }
            else
            {
                AnalysisReport.Write(output, result);
            }

            return ToolCommand.Done;
        });
        return command;
    }
}
