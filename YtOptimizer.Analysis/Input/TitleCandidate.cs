using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis.Input;

/// <summary>A title that somebody (usually a language model) proposes.</summary>
/// <param name="Text">The title.</param>
/// <param name="Reason">Why it is better; shown as it stands, so a model's words must have passed the guard.</param>
/// <param name="Source">Who proposes it.</param>
/// <param name="LeastKept">0–1, share of the present title's subject that must be left in it; 0 for a model's proposals, whose meaning the
/// guard checks.</param>
public sealed record TitleCandidate(
    string Text,
    string? Reason = null,
    SuggestionSource Source = SuggestionSource.Llm,
    double LeastKept = 0
)
{
    /// <summary>How the analyzer made it; null for a model's.</summary>
    public string? Approach { get; init; }

    /// <summary>0–1, how good titles made this way are on the whole; null where only the checks tell.</summary>
    public double? Quality { get; init; }

    /// <summary>Template words in it, which the sources need not hold.</summary>
    public string Added { get; init; } = "";
}
