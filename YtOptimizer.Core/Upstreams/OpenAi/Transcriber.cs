using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Speech to text through the OpenAI-compatible audio endpoint. The file is streamed from the store, anew for each
/// attempt.</summary>
public sealed class Transcriber(
    OpenAiClients clients,
    FileStore files,
    ModelCallExecutor executor,
    IOptions<OpenAiOptions> options,
    TimeProvider time
)
{
    public const string Upstream = "transcription";

    private const int UnknownTokens = 16_000;
    private readonly OpenAiOptions options = options.Value;

    public bool IsAvailable =>
        options is { Enabled: true } && (options.IsConfigured || !string.IsNullOrWhiteSpace(options.TranscriptionBaseUrl));

    // Whisper models state times, and are paid by the minute.
    private bool IsTimed => options.TranscriptionModel.StartsWith("whisper", StringComparison.OrdinalIgnoreCase);

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

        var mayRepeat = false;
        var retry = ModelRetry.Create(options, time, pause => mayRepeat && pause <= options.Overall);
        try
        {
            return await retry.ExecuteAsync(
                async token =>
                {
                    mayRepeat = false;
                    var attempt = await executor.AttemptAsync(Attempt(uploadKey, run), token);
                    mayRepeat = !attempt.WasTrial;
                    return attempt.Answer is { } answer ? answer.Value : throw attempt.Failure!;
                },
                ct
            );
        }
        catch (LlmException failure)
        {
            throw Unavailable(failure.Code, failure.IsTransient, failure.RetryAfter);
        }
    }

    private ModelCall<string> Attempt(string uploadKey, LedgerRun run) =>
        new()
        {
            Upstream = Upstream,
            Operation = "transcription",
            Model = options.TranscriptionModel,
            ApiKey = options.ApiKey,
            Run = run,
            Feature = "transcription",
            OutputTokens = IsTimed ? 0 : UnknownTokens,
            Timeout = options.TranscriptionTimeout,
            SendAsync = ct => SendAsync(uploadKey, ct),
            ReadAsync = (response, _) =>
                Task.FromResult(
                    SpeechAnswer.Parse(response.Content.ToString()) is { } speech
                        ? new ModelAnswer<string>(speech.Text, speech.Usage)
                        : null
                ),
        };

    private async Task<PipelineResponse> SendAsync(string uploadKey, CancellationToken ct)
    {
        await using var audio = await files.OpenAsync(uploadKey, ct);
        using var form = Form(audio, uploadKey);
        await using var body = await form.ReadAsStreamAsync(ct);
        using var content = BinaryContent.Create(body);
        var answer = await clients
            .Audio()
            .TranscribeAudioAsync(
                content,
                form.Headers.ContentType!.ToString(),
                new RequestOptions { CancellationToken = ct, ErrorOptions = ClientErrorBehaviors.NoThrow }
            );
        return answer.GetRawResponse();
    }

    private MultipartFormDataContent Form(Stream audio, string uploadKey)
    {
        var file = new StreamContent(audio);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent
        {
            { file, "file", "speech" + Path.GetExtension(uploadKey) },
            { new StringContent(options.TranscriptionModel), "model" },
            { new StringContent(IsTimed ? "verbose_json" : "json"), "response_format" },
        };
    }

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
            _ when code.StartsWith("spend_cap_", StringComparison.Ordinal) => new AnalysisException(
                "spend_cap_reached",
                "The allowance for AI is used up, so the file cannot be read now. Send the transcript as text, SRT or WebVTT instead."
            ),
            _ => new AnalysisException(
                "transcription_unavailable",
                $"The speech service cannot be used right now ({code}). Try again later or send the transcript as text.",
                transient,
                retryAfter
            ),
        };
}
