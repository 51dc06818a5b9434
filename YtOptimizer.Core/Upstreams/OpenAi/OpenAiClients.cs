using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Images;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>The official SDK's clients over our own HTTP handlers, its retries off: there is one retry layer, ours.</summary>
public sealed class OpenAiClients(IHttpClientFactory clients, IOptions<OpenAiOptions> options)
{
    public const string ChatHttp = "openai";
    public const string AudioHttp = "openai-audio";
    public const string ImagesHttp = "openai-images";

    /// <summary>The SDK wants a key; servers without authentication ignore this one.</summary>
    private const string NoKey = "none";

    private readonly OpenAiOptions options = options.Value;

    public ChatClient Chat { get; } =
        new(options.Value.Model, Key(options.Value.ApiKey), Settings(clients, ChatHttp, options.Value.Endpoint));

    public AudioClient Audio() =>
        new(options.TranscriptionModel, Key(options.ApiKey), Settings(clients, AudioHttp, options.TranscriptionEndpoint));

    public ImageClient Images() =>
        new(options.ImagesModel, Key(options.ImagesApiKey), Settings(clients, ImagesHttp, options.ImagesEndpoint!));

    private static ApiKeyCredential Key(string? key) => new(string.IsNullOrWhiteSpace(key) ? NoKey : key);

    private static OpenAIClientOptions Settings(IHttpClientFactory clients, string name, Uri endpoint) =>
        new()
        {
            Endpoint = endpoint,
            RetryPolicy = new ClientRetryPolicy(0),
            // Deadlines are set per call; this one only has to be longer.
            NetworkTimeout = TimeSpan.FromMinutes(15),
            Transport = new HttpClientPipelineTransport(clients.CreateClient(name)),
        };
}
