using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.Resilience;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>
/// YouTube Data API v3: <c>videos.list</c> here, playlists and channels beside it; one unit a call for up to 50 videos. One retry layer,
/// quota state shared by the fleet. Source: developers.google.com/youtube/v3/docs/videos/list.
/// </summary>
public sealed partial class YouTubeApi(
    IHttpClientFactory clients,
    IOptions<YouTubeOptions> options,
    UpstreamBreaker breaker,
    Db db,
    TimeProvider time,
    ILogger<YouTubeApi> logger
)
{
    public const string Upstream = "youtube";

    public const int MaxIdsPerCall = 50;

    private const int MaxAttempts = 3;
    private const int MaxBodyBytes = 8 * 1024 * 1024;

    private const string UsageSql = """
        INSERT INTO upstream_usage AS u (upstream, day, units) VALUES (@upstream, @day::date, 1)
        ON CONFLICT (upstream, day) DO UPDATE SET units = u.units + 1
        """;

    private readonly YouTubeOptions options = options.Value;

    /// <summary>The videos that exist and are public; missing, private and deleted ones are simply absent.</summary>
    /// <exception cref="YouTubeApiException">No usable answer.</exception>
    public async Task<IReadOnlyDictionary<string, YouTubeVideo>> ListAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count > MaxIdsPerCall)
        {
            throw new ArgumentException($"At most {MaxIdsPerCall} ids a call.", nameof(ids));
        }

        return await CallAsync(
            $"videos?part=snippet,contentDetails,statistics,status&id={string.Join(',', ids)}"
                + $"&maxResults={MaxIdsPerCall}&fields={Uri.EscapeDataString(YouTubeWire.Fields)}",
            YouTubeWire.Videos,
            ct
        );
    }

    /// <param name="resource">Resource and query, without the key.</param>
    /// <param name="read">Takes what is needed of the answer's root.</param>
    /// <param name="ct">Cancels.</param>
    private async Task<T> CallAsync<T>(string resource, Func<JsonElement, T> read, CancellationToken ct)
    {
        var permit = await breaker.AskAsync(Upstream, options.ApiKey, ct);
        if (!permit.Allowed)
        {
            throw new YouTubeApiException(
                permit.Reason == "quotaExceeded" ? YouTubeFailure.QuotaExceeded : YouTubeFailure.Transient,
                permit.Reason ?? "open",
                permit.Until
            );
        }

        var retry = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = MaxAttempts - 1,
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            !permit.IsTrial && args.Outcome.Exception is YouTubeApiException { Failure: YouTubeFailure.Transient }
                        ),
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(400),
                    MaxDelay = TimeSpan.FromSeconds(2),
                    UseJitter = true,
                }
            )
            .Build();
        return await retry.ExecuteAsync(async token => await AttemptAsync(resource, read, permit, token), ct);
    }

    private async Task<T> AttemptAsync<T>(string resource, Func<JsonElement, T> read, BreakerPermit permit, CancellationToken ct)
    {
        try
        {
            var answer = await SendAsync(resource, read, ct);
            await breaker.SucceededAsync(Upstream, permit, ct);
            return answer;
        }
        catch (YouTubeApiException failure)
        {
            Log.Failed(logger, failure.Reason);
            await NoteAsync(failure, permit, ct);
            throw;
        }
    }

    /// <summary>Midnight in Los Angeles after <paramref name="now"/>: when the daily quota returns. Days of 23 and 25 hours
    /// included.</summary>
    public static DateTimeOffset QuotaReset(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>Records what the failure means for the fleet.</summary>
    private async Task NoteAsync(YouTubeApiException failure, BreakerPermit permit, CancellationToken ct)
    {
        switch (failure.Failure)
        {
            case YouTubeFailure.QuotaExceeded:
                await breaker.OpenAsync(Upstream, permit, "quotaExceeded", failure.Until!.Value, null, ct);
                break;
            case YouTubeFailure.Configuration:
                // Another key is tried at once; the same key after an hour, in case it was enabled meanwhile.
                await breaker.OpenAsync(Upstream, permit, failure.Reason, time.GetUtcNow() + TimeSpan.FromHours(1), options.ApiKey, ct);
                Log.Misconfigured(logger, failure.Reason);
                break;
            case YouTubeFailure.Transient:
                await breaker.FailedAsync(Upstream, permit, failure.Reason, ct);
                break;
            default:
                await breaker.SucceededAsync(Upstream, permit, ct);
                break;
        }
    }

    private async Task<T> SendAsync<T>(string resource, Func<JsonElement, T> read, CancellationToken ct)
    {
        var uri = $"{options.BaseUrl.TrimEnd('/')}/{resource}&key={Uri.EscapeDataString(options.ApiKey ?? "")}";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.AttemptTimeout);
        try
        {
            using var client = clients.CreateClient(Upstream);
            client.MaxResponseContentBufferSize = MaxBodyBytes;
            // Every request costs a unit, refused ones too; the day is YouTube's.
            await db.ExecuteAsync(
                UsageSql,
                new
                {
                    upstream = Upstream,
                    day = QuotaReset(time.GetUtcNow()).AddHours(-12).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                },
                ct
            );
            using var response = await client.GetAsync(uri, deadline.Token);
            var body = await response.Content.ReadAsStringAsync(deadline.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Failure(response.StatusCode, YouTubeWire.ErrorReason(body));
            }

            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (OperationCanceledException inner) when (!ct.IsCancellationRequested)
        {
            throw new YouTubeApiException(YouTubeFailure.Transient, "timeout", innerException: inner);
        }
        catch (HttpRequestException inner)
        {
            throw new YouTubeApiException(YouTubeFailure.Transient, "network", innerException: inner);
        }
        catch (JsonException inner)
        {
            throw new YouTubeApiException(YouTubeFailure.Transient, "malformedAnswer", innerException: inner);
        }
    }

    private YouTubeApiException Failure(HttpStatusCode status, string reason) =>
        (status, reason) switch
        {
            (_, "quotaExceeded" or "dailyLimitExceeded") => new(
                YouTubeFailure.QuotaExceeded,
                "quotaExceeded",
                QuotaReset(time.GetUtcNow())
            ),
            (_, "rateLimitExceeded" or "userRateLimitExceeded" or "RATE_LIMIT_EXCEEDED") or (HttpStatusCode.TooManyRequests, _) => new(
                YouTubeFailure.Transient,
                "rateLimitExceeded"
            ),
            (
                _,
                "keyInvalid"
                    or "API_KEY_INVALID"
                    or "keyExpired"
                    or "accessNotConfigured"
                    or "SERVICE_DISABLED"
                    or "ipRefererBlocked"
                    or "API_KEY_SERVICE_BLOCKED"
            )
            or (HttpStatusCode.Unauthorized, _) => new(YouTubeFailure.Configuration, reason),
            (>= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout, _) or (_, "SERVICE_UNAVAILABLE" or "backendError") =>
                new(YouTubeFailure.Transient, $"status {(int)status}"),
            _ => new(YouTubeFailure.Refused, reason),
        };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "YouTube API error: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "YouTube API error: the key is refused ({Reason}); set a working YOUTUBE_API_KEY")]
        public static partial void Misconfigured(ILogger logger, string reason);
    }
}
