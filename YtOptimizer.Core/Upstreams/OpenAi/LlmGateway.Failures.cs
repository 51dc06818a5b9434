using System.ClientModel.Primitives;
using YtOptimizer.Core.Upstreams.Resilience;

namespace YtOptimizer.Core.Upstreams.OpenAi;

public sealed partial class LlmGateway
{
    /// <summary>What a status means for this call and for the fleet.</summary>
    private async Task<LlmException> RefusedAsync(
        PipelineResponse response,
        string code,
        string message,
        BreakerPermit permit,
        CancellationToken ct
    )
    {
        var now = time.GetUtcNow();
        switch (response.Status)
        {
            case 429 when code == "insufficient_quota" || message.Contains("insufficient_quota", StringComparison.Ordinal):
            case 402:
                // Waiting does not refill an account: stop everywhere, look again in ten minutes.
                await breaker.OpenAsync(Upstream, permit, "insufficient_quota", now + TimeSpan.FromMinutes(10), null, ct);
                return new LlmException("insufficient_quota", isTransient: false);
            case 401 or 403:
                await breaker.OpenAsync(Upstream, permit, "unauthorized", now + TimeSpan.FromMinutes(30), options.ApiKey ?? "", ct);
                Log.Misconfigured(logger, response.Status);
                return new LlmException("unauthorized", isTransient: false);
            case 408 or 409 or 425 or 429 or >= 500:
                var wait = RateLimitHeaders.Wait(name => Header(response, name), now);
                await breaker.FailedAsync(Upstream, permit, response.Status == 429 ? "rate_limited" : "server_error", ct);
                return new LlmException(response.Status == 429 ? "rate_limited" : "server_error", isTransient: true, wait);
            default:
                // The server works; this request does not.
                await breaker.SucceededAsync(Upstream, permit, ct);
                return new LlmException(response.Status == 404 ? "model_not_found" : "bad_request", isTransient: false);
        }
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);

    /// <summary>Whether the request may have reached the server, and thus may be billed.</summary>
    private static (string Code, bool Sent) Classify(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (
                inner is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError
                }
            )
            {
                return ("network", false);
            }
        }

        return (
            failure is OperationCanceledException || failure.InnerException is OperationCanceledException ? "timeout" : "network",
            true
        );
    }

    private static string? Header(PipelineResponse response, string name) =>
        response.Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Error codes are words; anything else stays out of the log.</summary>
    private static string Safe(string code) =>
        code.Length is > 0 and <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? code : "unknown";
}
