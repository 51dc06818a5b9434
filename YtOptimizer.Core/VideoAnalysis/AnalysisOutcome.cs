using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What one run produced; the caller stores it in its fenced transaction.</summary>
public sealed record AnalysisOutcome
{
    public required AnalysisResult Result { get; init; }

    /// <summary>The video as analysed, after the source chain.</summary>
    public required VideoInput Input { get; init; }

    /// <summary>What clients of the flat form offer: the suggestions, or the present title where it is as good as any.</summary>
    public IReadOnlyList<string> OfferedTitles => Result.Titles.Count > 0 ? [.. Result.Titles.Select(title => title.Text)] : [Input.Title];

    public string? VideoId { get; init; }

    public required string VideoUrl { get; init; }

    public string? ThumbnailUrl { get; init; }

    /// <summary>Field name → source: user, youtube_api, oembed (also when they came from our cache of them), derived.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True when a configured upstream could not be used and the answer is the deterministic one.</summary>
    public bool Degraded { get; init; }

    /// <summary>Why, as a stable code (quotaExceeded, circuit_open, insufficient_quota, refused …); null when not degraded.</summary>
    public string? DegradedReason { get; init; }

    /// <summary>
    /// True when an outage on our side took something from the answer: it does not count against the plan. What the user's own limits or
    /// texts caused (a spend cap, a model that declines or rambles) counts.
    /// </summary>
    public bool IsFree =>
        Degraded
        && DegradedReason is not ("refused" or "invalid_answer")
        && DegradedReason?.StartsWith("spend_cap_", StringComparison.Ordinal) != true;

    /// <summary>Where the suggestions come from: deterministic, llm, cache, or stale_cache (an older answer for the same video).</summary>
    public string SuggestionOrigin { get; init; } = "deterministic";

    /// <summary>When cached suggestions were made; null otherwise.</summary>
    public DateTimeOffset? SuggestionsCreatedAt { get; init; }

    /// <summary>When the fields that came from YouTube must be deleted or refreshed; null when all are the user's own.</summary>
    public DateTimeOffset? ApiDataExpiresAt { get; init; }

    /// <summary>Tokens billed in this run, all attempts; 0 without an LLM.</summary>
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public string? Model { get; init; }

    public decimal? CostUsd { get; init; }
}
