using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Upstreams.Resilience;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>The thumbnail that a video has now, as encoded bytes of a stranger. Never throws for what the network does.</summary>
public sealed partial class VideoPicture(
    IHttpClientFactory clients,
    IOptions<YouTubeOptions> options,
    UpstreamBreaker breaker,
    ILogger<VideoPicture> logger
)
{
    public const string Upstream = "pictures";

    // Not every video has the large one.
    private static readonly string[] Sizes = ["maxresdefault", "hqdefault"];
    private readonly YouTubeOptions options = options.Value;

    /// <param name="videoId">11 characters.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: none, too large, or not reachable in time.</returns>
    public async Task<byte[]?> GetAsync(string videoId, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(options.PictureUrl))
        {
            return null;
        }

        var permit = await breaker.AskAsync(Upstream, null, ct);
        if (!permit.Allowed)
        {
            return null;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.PictureTimeout);
        try
        {
            using var client = clients.CreateClient(Upstream);
            byte[]? picture = null;
            foreach (var size in Sizes)
            {
                using var response = await client.GetAsync(
                    $"{options.PictureUrl.TrimEnd('/')}/vi/{Uri.EscapeDataString(videoId)}/{size}.jpg",
                    deadline.Token
                );
                if (response.StatusCode != HttpStatusCode.NotFound)
                {
                    response.EnsureSuccessStatusCode();
                    picture = await response.Content.ReadAsByteArrayAsync(deadline.Token);
                    break;
                }
            }

            await breaker.SucceededAsync(Upstream, permit, ct);
            return picture;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Log.Failed(logger, failure.GetType().Name);
            await breaker.FailedAsync(Upstream, permit, failure is OperationCanceledException ? "timeout" : "network", ct);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The video's own thumbnail could not be read: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
