using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Upstreams.Resilience;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <param name="Video">Title, channel name and thumbnail; null when there is no answer.</param>
/// <param name="Refused">True when YouTube answered that the video is private, deleted or not embeddable.</param>
public sealed record OEmbedAnswer(YouTubeVideo? Video, bool Refused);

/// <summary>The keyless way: title, channel name, thumbnail. No description, no tags. Never throws for what the network does.</summary>
public sealed partial class OEmbed(
    IHttpClientFactory clients,
    IOptions<YouTubeOptions> options,
    UpstreamBreaker breaker,
    ILogger<OEmbed> logger
)
{
    public const string Upstream = "oembed";

    private static readonly OEmbedAnswer None = new(null, false);
    private readonly YouTubeOptions options = options.Value;

    public async Task<OEmbedAnswer> GetAsync(string videoId, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(options.OEmbedUrl))
        {
            return None;
        }

        var permit = await breaker.AskAsync(Upstream, null, ct);
        if (!permit.Allowed)
        {
            return None;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.OEmbedTimeout);
        try
        {
            using var client = clients.CreateClient(Upstream);
            client.MaxResponseContentBufferSize = 256 * 1024;
            using var response = await client.GetAsync(
                $"{options.OEmbedUrl}?url={Uri.EscapeDataString("https://www.youtube.com/watch?v=" + videoId)}&format=json",
                deadline.Token
            );
            if (
                response.StatusCode
                is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.NotFound
                    or HttpStatusCode.BadRequest
            )
            {
                await breaker.SucceededAsync(Upstream, permit, ct);
                return new OEmbedAnswer(null, true);
            }

            response.EnsureSuccessStatusCode();
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(deadline.Token));
            await breaker.SucceededAsync(Upstream, permit, ct);
            return new OEmbedAnswer(Read(document.RootElement), false);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            Log.Failed(logger, failure.GetType().Name);
            await breaker.FailedAsync(Upstream, permit, failure is OperationCanceledException ? "timeout" : "network", ct);
            return None;
        }
    }

    private static YouTubeVideo? Read(JsonElement root)
    {
        string? Text(string name) =>
            root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        return Text("title") is { Length: > 0 } title
            ? new YouTubeVideo
            {
                Title = title,
                ChannelTitle = Text("author_name"),
                ThumbnailUrl = Text("thumbnail_url"),
            }
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "oEmbed gave no answer: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
