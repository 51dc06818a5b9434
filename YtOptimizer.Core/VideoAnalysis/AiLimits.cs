using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Tells the user when a limit, and not the text, kept the model out.</summary>
internal static class AiLimits
{
    public static AnalysisResult Tell(AnalysisResult result, string? failure)
    {
        var message = failure switch
        {
            LlmSuggestions.NotInPlan => "Your plan has no AI suggestions: these come from the analyzer alone.",
            "spend_cap_user" =>
                "Your AI tokens for this month are used up: these suggestions come from the analyzer alone. They start anew with the "
                    + "next month or a larger plan.",
            "spend_cap_run" => "The AI token limit of one analysis is reached: these suggestions come from the analyzer alone. A shorter "
                + "transcript helps.",
            "spend_cap_global" =>
                "The AI budget of this service for today is used up: these suggestions come from the analyzer alone. Try again tomorrow.",
            _ => null,
        };
        return message is null
            ? result
            : result with
            {
                Warnings = [.. result.Warnings, new AnalysisWarning(WarningCodes.AiLimitReached, message)],
            };
    }
}
