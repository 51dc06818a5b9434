using System.CommandLine;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze</c>: the deterministic analyzer from the command line, and its quality table.</summary>
internal static class AnalyzeCommand
{
    public static Command Create() =>
        new("analyze", "Analyse a video's text, or measure the analyzer on a file of videos.")
        {
            AnalyzeEvalCommand.Create(),
            AnalyzeJudgeCommand.Create(),
            AnalyzePromptCommand.Create(),
            AnalyzeTextCommand.Create(),
            AnalyzeChannelCommand.Create(),
            AnalyzeChaptersCommand.Create(),
            AnalyzeSuggestCommand.Create(),
        };
}
