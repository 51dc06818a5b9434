using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What one run produced; the caller stores it in its fenced transaction.</summary>
public sealed record AnalysisOutcome
{
    public required AnalysisResult Result { get; init; }

    /// <summary>The video as analysed, after the source chain.</summary>
    public required VideoInput Input { get; init; }

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
    /// True when an outage on our side took something from the answer: it does not count against the plan. What the user's own limits or texts caused
    /// (a spend cap, a model that declines or rambles) counts.
    /// </summary>
    public bool IsFree => Degraded && DegradedReason is not ("refused" or "invalid_answer") && DegradedReason?.StartsWith("spend_cap_", StringComparison.Ordinal) != true;

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

/// <summary>An analysis that cannot be completed. <see cref="Code"/> is stable and shown to clients, the message tells what to do next.</summary>
public sealed class AnalysisException : Exception
{
    public AnalysisException()
        : this("analysis_failed", "The analysis failed.")
    {
    }

    public AnalysisException(string message)
        : this("analysis_failed", message)
    {
    }

    public AnalysisException(string message, Exception innerException)
        : base(message, innerException) => Code = "analysis_failed";

    public AnalysisException(string code, string message, bool isTransient = false, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    public string Code { get; }

    /// <summary>True when a later attempt can succeed (429, 5xx, timeouts, network); the queue then retries.</summary>
    public bool IsTransient { get; }

    /// <summary>The upstream's own wish, when it stated one.</summary>
    public TimeSpan? RetryAfter { get; }
}
