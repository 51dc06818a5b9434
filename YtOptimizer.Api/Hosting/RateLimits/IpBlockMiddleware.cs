using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>
/// Turns blocked addresses away: 403 when an operator or administrator blocked them, 429 when the limiter did, both with Retry-After.
/// Health and metrics stay open, so that a mistaken block does not take the platform's probes away.
/// </summary>
internal sealed partial class IpBlockMiddleware(
    RequestDelegate next,
    IpBlocks blocks,
    RateBudgets budgets,
    TimeProvider clock,
    ILogger<IpBlockMiddleware> logger
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (budgets.For(context) is not { } budget)
        {
            await next(context);
            return;
        }

        var address = ClientAddress.Of(context);
        var forAll = blocks.BlockedUntil(address, budget: null);
        var until = forAll ?? blocks.BlockedUntil(address, budget.Name);
        if (until is null)
        {
            await next(context);
            return;
        }

        var wait = until.Value - clock.GetUtcNow();
        Log.Refused(logger, address, (int)wait.TotalSeconds);
        YtoMetrics.RateLimitExceeded(forAll is not null ? "blocked" : budget.Name);
        var result = forAll is not null
            ? Problems.Create(
                403,
                "address_blocked",
                $"Requests from your address are blocked for {RateLimitSetup.Words(wait)}. If you think this is a mistake, "
                    + $"contact support.",
                retryAfter: wait
            )
            : Problems.TooMany("rate_limited", $"Too many requests. Try again in {RateLimitSetup.Words(wait)}.", wait);
        await result.ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Blocked address turned away ip:{Address} for another {Seconds} s")]
        public static partial void Refused(ILogger logger, System.Net.IPAddress address, int seconds);
    }
}
