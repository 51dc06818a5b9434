using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>One structured question to the model.</summary>
public sealed record LlmCall
{
    public required LedgerRun Run { get; init; }

    /// <summary><c>feature_type</c> of the ledger.</summary>
    public required string Feature { get; init; }

    /// <summary>The same for every video: the provider's prompt cache works on the prefix.</summary>
    public required string SystemPrompt { get; init; }

    /// <summary>Messages after the system prompt, role and content.</summary>
    public required IReadOnlyList<LlmMessage> Messages { get; init; }

    public required string SchemaName { get; init; }

    /// <summary>JSON schema in the strict subset: every property required, no additional ones, no length limits.</summary>
    public required string Schema { get; init; }

    public required int MaxOutputTokens { get; init; }
}

public sealed record LlmMessage(string Role, string Content);

/// <summary>How an answer ended.</summary>
public enum LlmFinish
{
    Complete,

    /// <summary>Cut off at the token limit.</summary>
    Length,

    /// <summary>The model declined, or the provider's filter did.</summary>
    Refused,
}

/// <summary>An answer that arrived; it is billed, whatever it is worth.</summary>
public sealed record LlmReply(LlmFinish Finish, string Content, TokenUsage Usage);

/// <summary>No answer. <see cref="Code"/> is stable: circuit_open, rate_limited, insufficient_quota, unauthorized, bad_request,
/// server_error, timeout, network, spend_cap, model_not_found.</summary>
public sealed class LlmException : Exception
{
    public LlmException()
        : this("server_error", isTransient: true) { }

    public LlmException(string message)
        : this(message, isTransient: false) { }

    public LlmException(string message, Exception innerException)
        : base(message, innerException) => Code = "server_error";

    public LlmException(string code, bool isTransient, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base($"The language model gave no answer: {code}.", innerException)
    {
        Code = code;
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    public string Code { get; }

    public bool IsTransient { get; }

    public TimeSpan? RetryAfter { get; }
}
