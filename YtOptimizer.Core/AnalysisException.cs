namespace YtOptimizer.Core;

/// <summary>An analysis that cannot be completed. <see cref="Code"/> is stable and shown to clients, the message tells what to do
/// next.</summary>
public sealed class AnalysisException : Exception
{
    public AnalysisException()
        : this("analysis_failed", "The analysis failed.") { }

    public AnalysisException(string message)
        : this("analysis_failed", message) { }

    public AnalysisException(string message, Exception innerException)
        : base(message, innerException) => Code = "analysis_failed";

    public AnalysisException(
        string code,
        string message,
        bool isTransient = false,
        TimeSpan? retryAfter = null,
        Exception? innerException = null
    )
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
