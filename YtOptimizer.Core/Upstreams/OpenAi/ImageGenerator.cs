using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>Pictures from an OpenAI-compatible images endpoint. One attempt: each one costs, and callers do without.</summary>
public sealed class ImageGenerator(
    OpenAiClients clients,
    IHttpClientFactory http,
    ModelCallExecutor executor,
    IOptions<OpenAiOptions> options
)
{
    public const string Upstream = "images";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly OpenAiOptions options = options.Value;

    public bool IsAvailable => options.Enabled && options.ImagesEndpoint is not null;

    /// <returns>The picture's bytes, in whatever format the server gives.</returns>
    /// <exception cref="LlmException">No picture: <c>image_generation_not_configured</c> when there is no endpoint,
    /// <c>image_prompt_refused</c> when the server does not draw this, else a code of <see cref="LlmException"/>.</exception>
    public async Task<byte[]> GenerateAsync(string prompt, LedgerRun run, CancellationToken ct)
    {
        if (!IsAvailable)
        {
            throw new LlmException("image_generation_not_configured", isTransient: false);
        }

        var attempt = await executor.AttemptAsync(
            new ModelCall<byte[]>
            {
                Upstream = Upstream,
                Operation = "image_generation",
                Model = options.ImagesModel,
                ApiKey = options.ImagesApiKey,
                Run = run,
                Feature = "thumbnail_image",
                Timeout = Timeout,
                SendAsync = token => SendAsync(prompt, token),
                ReadAsync = async (response, token) =>
                    await PictureAsync(response.Content, token) is { } picture ? new ModelAnswer<byte[]>(picture, TokenUsage.None) : null,
            },
            ct
        );
        return attempt switch
        {
            { Answer: { } answer } => answer.Value,
            { Failure.Code: "bad_request" } => throw new LlmException(
                "image_prompt_refused",
                isTransient: false,
                innerException: attempt.Failure
            ),
            _ => throw attempt.Failure!,
        };
    }

    private async Task<PipelineResponse> SendAsync(string prompt, CancellationToken ct)
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
            .GenerateImagesAsync(content, new RequestOptions { CancellationToken = ct, ErrorOptions = ClientErrorBehaviors.NoThrow });
        return answer.GetRawResponse();
    }

    private async Task<byte[]?> PictureAsync(BinaryData content, CancellationToken ct)
    {
        try
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
        catch (Exception failure)
            when (failure
                    is JsonException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or IndexOutOfRangeException
                        or ArgumentException
            )
        {
            return null;
        }
    }
}
