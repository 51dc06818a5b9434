using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace YtOptimizer.Core.Observability.Tracing;

/// <summary>
/// One request to a model as OpenTelemetry's semantic conventions for generative AI describe it: a span and two metrics, with tokens and
/// cost, without prompts and answers. Source: opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans.
/// </summary>
public sealed class GenAiCall : IDisposable
{
    public const string SourceName = "YtOptimizer.GenAi";

    private const string Provider = "openai";
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);
    private static readonly Histogram<long> Tokens = Meter.CreateHistogram<long>(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens of one call by type."
    );
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration",
        "s",
        "Duration of one call."
    );

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly string operation;
    private readonly string model;
    private readonly Activity? activity;
    private string? error;

    private GenAiCall(string operation, string model)
    {
        this.operation = operation;
        this.model = model;
        activity = Source.StartActivity($"{operation} {model}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", operation);
        activity?.SetTag("gen_ai.provider.name", Provider);
        activity?.SetTag("gen_ai.request.model", model);
    }

    /// <param name="operation">chat, transcription or image_generation.</param>
    /// <param name="model">The model asked for.</param>
    public static GenAiCall Start(string operation, string model) => new(operation, model);

    /// <summary>The call was answered and billed.</summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="outputTokens">Tokens of the answer.</param>
    /// <param name="costUsd">Estimated cost in US dollars; null when the model's price is not known.</param>
    /// <param name="finish">Why the model stopped.</param>
    public void Answered(long inputTokens, long outputTokens, decimal? costUsd, string? finish)
    {
        activity?.SetTag("gen_ai.usage.input_tokens", inputTokens);
        activity?.SetTag("gen_ai.usage.output_tokens", outputTokens);
        activity?.SetTag("gen_ai.usage.cost_usd", (double?)costUsd);
        activity?.SetTag("gen_ai.response.finish_reasons", finish is null ? null : new[] { finish });
        Tokens.Record(inputTokens, Tags("gen_ai.token.type", "input"));
        Tokens.Record(outputTokens, Tags("gen_ai.token.type", "output"));
    }

    /// <param name="code">Stable code of the failure.</param>
    public void Failed(string code)
    {
        error = code;
        activity?.SetTag("error.type", code);
        activity?.SetStatus(ActivityStatusCode.Error, code);
    }

    public void Dispose()
    {
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, error is null ? Tags(null, null) : Tags("error.type", error));
        activity?.Dispose();
    }

    private TagList Tags(string? name, string? value)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", operation },
            { "gen_ai.provider.name", Provider },
            { "gen_ai.request.model", model },
        };
        if (name is not null)
        {
            tags.Add(name, value);
        }

        return tags;
    }
}
