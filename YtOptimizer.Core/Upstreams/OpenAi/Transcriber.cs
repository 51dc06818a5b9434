using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Upstreams.Resilience;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Speech to text through the OpenAI-compatible audio endpoint. The file is streamed from the store, anew for each
/// attempt.</summary>
public sealed partial class Transcriber(
    OpenAiClients clients,
    FileStore files,
    UpstreamBreaker breaker,
    AiUsageLedger ledger,
    IOptions<OpenAiOptions> options,
    TimeProvider time,
    ILogger<Transcriber> logger
)
{
    public const string Upstream = "transcription";

    private const int UnknownTokens = 16_000;
    private readonly OpenAiOptions options = options.Value;

    public bool IsAvailable =>
        options is { Enabled: true } && (options.IsConfigured || !string.IsNullOrWhiteSpace(options.TranscriptionBaseUrl));

    /// <returns>WebVTT where the server states times, else plain text.</returns>
    /// <exception cref="AnalysisException">Not configured, refused, or no answer.</exception>
    public async Task<string> TranscribeAsync(string uploadKey, LedgerRun run, CancellationToken ct)
    {
        if (!IsAvailable)
        {
            throw new AnalysisException(
                "transcription_not_configured",
                "No speech recognition is configured here, so audio and video files cannot be read. Send the transcript as text, SRT or "
                    + "WebVTT instead. Operators: set OPENAI_API_KEY or OPENAI_BASE_URL."
            );
        }

        var isTrial = false;
        var retry = ModelRetry.Create(options, time, pause => !isTrial && pause <= options.Overall);
        try
        {
            return await retry.ExecuteAsync(
                async token =>
                {
                    var permit = await breaker.AskAsync(Upstream, options.ApiKey ?? "", token);
                    if (!permit.Allowed)
                    {
                        throw Unavailable(permit.Reason ?? "circuit_open", true, permit.Until - time.GetUtcNow());
                    }

                    isTrial = permit.IsTrial;
                    return await SendAsync(uploadKey, run, permit, token);
                },
                ct
            );
        }
        catch (LlmException failure)
        {
            throw Unavailable(failure.Code, failure.IsTransient, failure.RetryAfter);
        }
    }

    private async Task<string> SendAsync(string uploadKey, LedgerRun run, BreakerPermit permit, CancellationToken ct)
    {
        using var span = GenAiCall.Start("transcription", options.TranscriptionModel);
        var started = time.GetTimestamp();
        try
        {
            var text = await CallAsync(uploadKey, run, permit, ct);
            YtoMetrics.AiRequest("transcription", "success", time.GetElapsedTime(started).TotalSeconds);
            return text;
        }
        catch (LlmException failure)
        {
            span.Failed(failure.Code);
            YtoMetrics.AiRequest("transcription", failure.Code, time.GetElapsedTime(started).TotalSeconds);
            throw;
        }
    }

    private async Task<string> CallAsync(string uploadKey, LedgerRun run, BreakerPermit permit, CancellationToken ct)
    {
        var timed = options.TranscriptionModel.StartsWith("whisper", StringComparison.OrdinalIgnoreCase);
        var row = await ledger.ReserveAsync(
            run,
            "transcription",
            options.TranscriptionModel,
            0,
            timed ? 0 : UnknownTokens,
            options.TranscriptionTimeout,
            ct
        );
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.TranscriptionTimeout);
        try
        {
            await using var audio = await files.OpenAsync(uploadKey, deadline.Token);
            using var form = Form(audio, uploadKey, timed);
            await using var body = await form.ReadAsStreamAsync(deadline.Token);
            using var content = BinaryContent.Create(body);
            var answer = await clients
                .Audio()
                .TranscribeAudioAsync(
                    content,
                    form.Headers.ContentType!.ToString(),
                    new RequestOptions { CancellationToken = deadline.Token, ErrorOptions = ClientErrorBehaviors.NoThrow }
                );
            return await ReadAsync(answer.GetRawResponse(), row, permit, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await ledger.SettleUnknownAsync(row, "cancelled");
            throw;
        }
        catch (Exception failure)
            when (failure
                    is OperationCanceledException
                        or ClientResultException
                        or HttpRequestException
                        or IOException
                        or AggregateException
            )
        {
            await ledger.SettleUnknownAsync(row, "no_answer");
            await breaker.FailedAsync(Upstream, permit, "network", ct);
            Log.Failed(logger, failure is OperationCanceledException ? "timeout" : "network");
            throw new LlmException(
                failure is OperationCanceledException ? "timeout" : "network",
                isTransient: true,
                innerException: failure
            );
        }
    }

    private async Task<string> ReadAsync(PipelineResponse response, Guid row, BreakerPermit permit, CancellationToken ct)
    {
        if (response.Status is >= 200 and < 300)
        {
            var (text, usage) = Parse(response.Content.ToString());
            await ledger.SettleAsync(row, usage, null, "complete", null);
            await breaker.SucceededAsync(Upstream, permit, ct);
            return text;
        }

        await ledger.SettleAsync(row, TokenUsage.None, null, "status_" + response.Status.ToString(CultureInfo.InvariantCulture), null);
        Log.Refused(logger, response.Status);
        var (code, message) = LlmErrorText.Read(response.Content.ToString());
        switch (response.Status)
        {
            case 401 or 403:
                await breaker.OpenAsync(
                    Upstream,
                    permit,
                    "unauthorized",
                    time.GetUtcNow() + TimeSpan.FromMinutes(30),
                    options.ApiKey ?? "",
                    ct
                );
                throw new LlmException("unauthorized", isTransient: false);
            case 402:
            case 429 when code == "insufficient_quota" || message.Contains("insufficient_quota", StringComparison.Ordinal):
                await breaker.OpenAsync(Upstream, permit, "insufficient_quota", time.GetUtcNow() + TimeSpan.FromMinutes(10), null, ct);
                throw new LlmException("insufficient_quota", isTransient: false);
            case 408 or 409 or 429 or >= 500:
                await breaker.FailedAsync(Upstream, permit, "server_error", ct);
                throw new LlmException(
                    response.Status == 429 ? "rate_limited" : "server_error",
                    isTransient: true,
                    RateLimitHeaders.Wait(name => response.Headers.TryGetValue(name, out var value) ? value : null, time.GetUtcNow())
                );
            default:
                await breaker.SucceededAsync(Upstream, permit, ct);
                throw new LlmException(response.Status == 413 ? "file_too_large" : "bad_request", isTransient: false);
        }
    }

    private MultipartFormDataContent Form(Stream audio, string uploadKey, bool timed)
    {
        var file = new StreamContent(audio);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var form = new MultipartFormDataContent
        {
            { file, "file", "speech" + Path.GetExtension(uploadKey) },
            { new StringContent(options.TranscriptionModel), "model" },
            { new StringContent(timed ? "verbose_json" : "json"), "response_format" },
        };
        return form;
    }

    private static (string Text, TokenUsage Usage) Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            int Number(string name) =>
                root.TryGetProperty("usage", out var usage)
                && usage.TryGetProperty(name, out var value)
                && value.TryGetInt32(out var number)
                    ? number
                    : 0;
            var billed = new TokenUsage(Number("input_tokens"), Number("output_tokens"));
            if (
                root.TryGetProperty("segments", out var segments)
                && segments.ValueKind == JsonValueKind.Array
                && segments.GetArrayLength() > 0
            )
            {
                var vtt = new StringBuilder("WEBVTT\n\n");
                foreach (var segment in segments.EnumerateArray())
                {
                    vtt.Append(
                        CultureInfo.InvariantCulture,
                        $"{Stamp(segment, "start")} --> {Stamp(segment, "end")}\n{segment.GetProperty("text").GetString()?.Trim()}\n\n"
                    );
                }

                return (vtt.ToString(), billed);
            }

            return (root.TryGetProperty("text", out var text) ? text.GetString()?.Trim() ?? "" : "", billed);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new LlmException("malformed_answer", isTransient: true, innerException: wrong);
        }
    }

    private static string Stamp(JsonElement segment, string name) =>
        TimeSpan.FromSeconds(segment.GetProperty(name).GetDouble()).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static AnalysisException Unavailable(string code, bool transient, TimeSpan? retryAfter) =>
        code switch
        {
            "file_too_large" => new AnalysisException(
                "transcription_file_too_large",
                "The speech service does not take files of this size. Send the audio track alone, a shorter file, or the "
                    + "transcript as text."
            ),
            "bad_request" => new AnalysisException(
                "transcription_refused",
                "The speech service could not read the file. Send it as mp3, m4a, mp4, wav or webm, or send the transcript as text."
            ),
            _ => new AnalysisException(
                "transcription_unavailable",
                $"The speech service cannot be used right now ({code}). Try again later or send the transcript as text.",
                transient,
                retryAfter
            ),
        };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "OpenAI API error: transcription got no answer ({Code})")]
        public static partial void Failed(ILogger logger, string code);

        [LoggerMessage(Level = LogLevel.Warning, Message = "OpenAI API error: status {Status} from transcription")]
        public static partial void Refused(ILogger logger, int status);
    }
}
