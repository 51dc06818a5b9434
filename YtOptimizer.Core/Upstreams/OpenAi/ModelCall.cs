using System.ClientModel.Primitives;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>One attempt at a model's endpoint: what it is called, who pays, how it is sent and how its answer is read.</summary>
internal sealed record ModelCall<T>
{
    /// <summary>Row of the breaker, and <c>service</c> of the metrics: openai, transcription, images.</summary>
    public required string Upstream { get; init; }

    /// <summary>Name by the semantic conventions: chat, transcription, image_generation.</summary>
    public required string Operation { get; init; }

    public required string Model { get; init; }

    /// <summary>Null or empty for servers without authentication.</summary>
    public required string? ApiKey { get; init; }

    public required LedgerRun Run { get; init; }

    /// <summary><c>feature_type</c> of the ledger.</summary>
    public required string Feature { get; init; }

    /// <summary>Upper bound, reserved until the answer is billed.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Upper bound, reserved until the answer is billed.</summary>
    public int OutputTokens { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Sends the request; error statuses are answers and no exceptions.</summary>
    public required Func<CancellationToken, Task<PipelineResponse>> SendAsync { get; init; }

    /// <summary>Reads an answer of status 2xx; null when it is none.</summary>
    public required Func<PipelineResponse, CancellationToken, Task<ModelAnswer<T>?>> ReadAsync { get; init; }

    /// <summary>Whether a message beside status 400 or 422 refuses the form of the request and not what it asks for.</summary>
    public Func<string, bool> IsAboutForm { get; init; } = _ => false;
}

/// <param name="Value">What was read.</param>
/// <param name="Usage">What is billed.</param>
/// <param name="CostUsd">Estimated cost in US dollars; null when the model's price is not known.</param>
/// <param name="Finish">Why the model stopped.</param>
internal sealed record ModelAnswer<T>(T Value, TokenUsage Usage, decimal? CostUsd = null, string Finish = "complete");

/// <summary>How an attempt ended: either <paramref name="Answer"/> or <paramref name="Failure"/> is set.</summary>
/// <param name="Answer">Null when there is none.</param>
/// <param name="Failure">Null when there is an answer.</param>
/// <param name="WasTrial">The fleet was waiting for this one call; it is not repeated.</param>
/// <param name="FormRefused">The server's words when it refused the form of the request, else null.</param>
internal sealed record ModelAttempt<T>(ModelAnswer<T>? Answer, LlmException? Failure, bool WasTrial, string? FormRefused = null);
