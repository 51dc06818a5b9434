using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Section <c>OpenAi</c>; environment names as stated. Off when neither a key nor a base URL is set.</summary>
public sealed class OpenAiOptions
{
    public const string Section = "OpenAi";

    public const string PublicBaseUrl = "https://api.openai.com/v1";

    /// <summary><c>OPENAI_API_KEY</c>; local servers need none.</summary>
    public string? ApiKey { get; set; }

    /// <summary><c>OPENAI_BASE_URL</c>, including <c>/v1</c>.</summary>
    [Url]
    public string? BaseUrl { get; set; }

    /// <summary><c>OPENAI_MODEL</c>.</summary>
    [Required]
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary><c>AI_ENABLED</c>: the switch for incidents. Cached suggestions are still used.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary><c>AI_REQUIRED</c>: jobs wait for the model and are retried instead of finishing with the deterministic answer.</summary>
    public bool Required { get; set; }

    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary><c>OPENAI_TIMEOUT_SECONDS</c>: longest wait for one answer; overrides <see cref="AttemptTimeout"/>. Local models on a
    /// processor need minutes.</summary>
    [Range(5, 3_600)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>The longest wait for one answer that is in force.</summary>
    public TimeSpan Attempt => TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : AttemptTimeout;

    /// <summary>All attempts and waits of one call together; never less than two attempts may take.</summary>
    public TimeSpan OverallTimeout { get; set; } = TimeSpan.FromSeconds(100);

    public TimeSpan Overall =>
        TimeoutSeconds is null || OverallTimeout > Attempt * 2 ? OverallTimeout : (Attempt * 2) + TimeSpan.FromSeconds(10);

    /// <summary><c>OPENAI_CONTEXT_TOKENS</c>: what the model reads and writes together. The transcript fills what the rest
    /// leaves.</summary>
    [Range(2_000, 2_000_000)]
    public int ContextTokens { get; set; } = 32_000;

    [Range(1, 5)]
    public int MaxAttempts { get; set; } = 3;

    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(20);

    [Range(200, 32_000)]
    public int MaxOutputTokens { get; set; } = 1_800;

    /// <summary>Sent only when set: newer models refuse any value but their own.</summary>
    public double? Temperature { get; set; }

    /// <summary>US dollars per million tokens; the cost stays empty without prices (gpt-4o-mini is known).</summary>
    public decimal? InputUsdPerMillion { get; set; }

    public decimal? OutputUsdPerMillion { get; set; }

    /// <summary><c>OPENAI_TRANSCRIPTION_MODEL</c>.</summary>
    public string TranscriptionModel { get; set; } = "whisper-1";

    /// <summary><c>OPENAI_TRANSCRIPTION_BASE_URL</c> when speech is served elsewhere.</summary>
    [Url]
    public string? TranscriptionBaseUrl { get; set; }

    public TimeSpan TranscriptionTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary><c>IMAGES_BASE_URL</c>: an OpenAI-compatible images endpoint including <c>/v1</c>. Empty: no pictures are
    /// generated.</summary>
    [Url]
    public string? ImagesBaseUrl { get; set; }

    /// <summary><c>IMAGES_API_KEY</c>, else <c>FIREWORKS_API_KEY</c>.</summary>
    public string? ImagesApiKey { get; set; }

    /// <summary><c>IMAGES_MODEL</c>.</summary>
    public string ImagesModel { get; set; } = "flux-1-schnell-fp8";

    public bool IsConfigured => !string.IsNullOrWhiteSpace(ApiKey) || !string.IsNullOrWhiteSpace(BaseUrl);

    public Uri Endpoint => new(string.IsNullOrWhiteSpace(BaseUrl) ? PublicBaseUrl : BaseUrl);

    public Uri TranscriptionEndpoint => string.IsNullOrWhiteSpace(TranscriptionBaseUrl) ? Endpoint : new Uri(TranscriptionBaseUrl);

    public Uri? ImagesEndpoint => string.IsNullOrWhiteSpace(ImagesBaseUrl) ? null : new Uri(ImagesBaseUrl);

    /// <summary>Cost in US dollars, or null when the prices are not known.</summary>
    public decimal? CostOf(int promptTokens, int completionTokens)
    {
        var (input, output) =
            (InputUsdPerMillion, OutputUsdPerMillion) is ({ } i, { } o) ? (i, o)
            : Model.StartsWith("gpt-4o-mini", StringComparison.Ordinal) ? (0.15m, 0.60m)
            : (-1m, -1m);
        return input < 0 ? null : ((promptTokens * input) + (completionTokens * output)) / 1_000_000m;
    }
}
