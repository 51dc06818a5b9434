using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Observability.Tracing;
using YtOptimizer.Core.Upstreams.Resilience;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Pictures from an OpenAI-compatible images endpoint. One attempt: each one costs, and callers do without.</summary>
public sealed partial class ImageGenerator(
    OpenAiClients clients,
    IHttpClientFactory http,
    UpstreamBreaker breaker,
    AiUsageLedger ledger,
    IOptions<OpenAiOptions> options,
    TimeProvider time,
    ILogger<ImageGenerator> logger
)
{
    public const string Upstream = "images";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly OpenAiOptions options = options.Value;

    public bool IsAvailable => options.Enabled && options.ImagesEndpoint is not null;

    /// <returns>The picture's bytes, in whatever format the server gives.</returns>
    /// <exception cref="LlmException">No picture; <c>image_generation_not_configured</c> when there is no endpoint.</exception>
    public async Task<byte[]> GenerateAsync(string prompt, LedgerRun run, CancellationToken ct)
    {
        if (!IsAvailable)
        {
            throw new LlmException("image_generation_not_configured", isTransient: false);
        }

        var permit = await breaker.AskAsync(Upstream, options.ImagesApiKey ?? "", ct);
        if (!permit.Allowed)
        {
            throw new LlmException("circuit_open", isTransient: true, permit.Until - time.GetUtcNow());
        }

        var row = await ledger.ReserveAsync(run, "thumbnail_image", options.ImagesModel, 0, 0, Deadline, ct);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        using var span = GenAiCall.Start("image_generation", options.ImagesModel);
        try
        {
            var body = new JsonObject
            {
                ["model"] = options.ImagesModel,
                ["prompt"] = prompt,
                ["n"] = 1,
                ["size"] = "1792x1024",
                ["response_format"] = "b64_json",
            };
            using var content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
            var answer = await clients
                .Images()
                .GenerateImagesAsync(
                    content,
                    new RequestOptions { CancellationToken = deadline.Token, ErrorOptions = ClientErrorBehaviors.NoThrow }
                );
            var response = answer.GetRawResponse();
            await ledger.SettleAsync(row, TokenUsage.None, null, "status_" + response.Status.ToString(CultureInfo.InvariantCulture), null);
            if (response.Status is < 200 or >= 300)
            {
                span.Failed("status_" + response.Status.ToString(CultureInfo.InvariantCulture));
                throw await RefusedAsync(response.Status, permit, ct);
            }

            var picture = await PictureAsync(response.Content, deadline.Token);
            await breaker.SucceededAsync(Upstream, permit, ct);
            return picture;
        }
        catch (Exception failure)
            when (failure is not LlmException
                && !ct.IsCancellationRequested
                && failure
                    is OperationCanceledException
                        or ClientResultException
                        or HttpRequestException
                        or IOException
                        or JsonException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            span.Failed("no_answer");
            await ledger.SettleUnknownAsync(row, "no_answer");
            await breaker.FailedAsync(Upstream, permit, "network", ct);
            Log.Failed(logger, "no answer");
            throw new LlmException("image_generation_failed", isTransient: true, innerException: failure);
        }
    }

    private async Task<LlmException> RefusedAsync(int status, BreakerPermit permit, CancellationToken ct)
    {
        Log.Failed(logger, "status " + status.ToString(CultureInfo.InvariantCulture));
        if (status is 401 or 402 or 403)
        {
            await breaker.OpenAsync(
                Upstream,
                permit,
                "unauthorized",
                time.GetUtcNow() + TimeSpan.FromMinutes(30),
                options.ImagesApiKey ?? "",
                ct
            );
            return new LlmException("unauthorized", isTransient: false);
        }

        if (status is 408 or 429 or >= 500)
        {
            await breaker.FailedAsync(Upstream, permit, "server_error", ct);
            return new LlmException("image_generation_failed", isTransient: true);
        }

        await breaker.SucceededAsync(Upstream, permit, ct);
        return new LlmException("image_prompt_refused", isTransient: false);
    }

    private async Task<byte[]> PictureAsync(BinaryData content, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(content);
        var first = document.RootElement.GetProperty("data")[0];
        if (first.TryGetProperty("b64_json", out var encoded) && encoded.ValueKind == JsonValueKind.String)
        {
            return encoded.GetBytesFromBase64();
        }

        // Some servers answer with an address; the client refuses private ones.
        using var client = http.CreateClient(OpenAiClients.ImagesHttp);
        return await client.GetByteArrayAsync(new Uri(first.GetProperty("url").GetString()!), ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Image API error: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
