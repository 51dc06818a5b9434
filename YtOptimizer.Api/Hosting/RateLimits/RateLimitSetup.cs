using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Npgsql;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.Core.Protection;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>Registers the limiter and the blocks, and puts them into the pipeline.</summary>
internal static class RateLimitSetup
{
    public static WebApplicationBuilder AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<RateLimitOptions>(RateLimitOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptions.OverrideCheck>();
        builder.Services.AddSingleton<RateBudgets>();
        builder.Services.AddSingleton<RateCounter>();
        builder.Services.AddSingleton<IpBlocks>();
        builder.Services.AddRecurringJob<RedisHealthMonitor>();
        builder.Services.AddRecurringJob<RateLimitLedger>();
        builder.Services.AddHostedService(s => s.GetRequiredService<IpBlocks>());
        builder.Services.AddPulsePart<IpBlocksPulse>();
        builder.Services.AddRateLimiter(_ => { });
        builder
            .Services.AddOptions<RateLimiterOptions>()
            .Configure<RateBudgets, RateCounter>(
                (options, budgets, counter) =>
                {
                    options.GlobalLimiter = new FleetLimiter(budgets, counter);
                    options.OnRejected = (rejected, _) => new ValueTask(RejectAsync(rejected.HttpContext));
                }
            );
        return builder;
    }

    /// <summary>Blocks first, then budgets; both after authentication, because accounts have budgets of their own.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app)
    {
        app.UseMiddleware<IpBlockMiddleware>();
        app.UseRateLimiter();
        return app.Use(
            async (context, next) =>
            {
                var spent = context.Features.Get<SpentBudget>();
                if (spent is not null)
                {
                    WriteHeaders(context, spent);
                }

                await next(context);
                await SettleAsync(context, spent);
            }
        );
    }

    /// <summary>What the outcome decides: a success is given back, a failure charged, each for the budgets that are counted so.</summary>
    private static async Task SettleAsync(HttpContext context, SpentBudget? spent)
    {
        var counter = context.RequestServices.GetRequiredService<RateCounter>();
        try
        {
            if (spent is { Budget.FailuresOnly: true, Decision.Allowed: true } && context.Response.StatusCode < 400)
            {
                await counter.GiveBackAsync(spent.Budget, spent.Caller, CancellationToken.None);
            }

            await FleetLimiter.SettleAsync(context, context.RequestServices.GetRequiredService<RateBudgets>(), counter);
        }
        catch (NpgsqlException)
        {
            // The answer is on its way; it stays as it was counted so far.
        }
    }

    /// <summary>Answers a request whose budget is spent.</summary>
    internal static async Task RejectAsync(HttpContext context)
    {
        var spent = context.Features.Get<SpentBudget>()!;
        WriteHeaders(context, spent);
        YtoMetrics.RateLimitExceeded(spent.Budget.Name);
        var services = context.RequestServices;
        services
            .GetRequiredService<RateLimitLedger>()
            .Note(
                ClientAddress.Key(context),
                spent.Budget,
                spent.Decision.Used,
                (context.UserAgent(), context.TraceIdentifier, CurrentUser.From(context.User)?.Id)
            );
        // The ledger's block starts now; whoever waits as long as told must not meet it.
        var wait = TimeSpan.FromSeconds(Math.Max(spent.ResetSeconds, spent.Budget.Block.TotalSeconds));
        await Problems
            .TooMany(
                "rate_limited",
                $"Too many requests ({spent.Budget.Limit} allowed in {Words(spent.Budget.Window)}). Try again in {Words(wait)}.",
                wait
            )
            .ExecuteAsync(context);
    }

    /// <summary>draft-ietf-httpapi-ratelimit-headers, and the older X-RateLimit-* that clients of the first implementation know.</summary>
    private static void WriteHeaders(HttpContext context, SpentBudget spent)
    {
        var reset = spent.ResetSeconds;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var headers = context.Response.Headers;
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Policy"] = Text($"\"{spent.Budget.Name}\";q={spent.Budget.Limit};w={(long)spent.Budget.Window.TotalSeconds}");
        headers["RateLimit"] = Text($"\"{spent.Budget.Name}\";r={spent.Remaining};t={reset}");
        headers["X-RateLimit-Limit"] = Text($"{spent.Budget.Limit}");
        headers["X-RateLimit-Remaining"] = Text($"{spent.Remaining}");
        headers["X-RateLimit-Reset"] = Text($"{now + reset}");
    }

    internal static string Words(TimeSpan span) =>
        span.TotalSeconds < 120 ? $"{Math.Ceiling(span.TotalSeconds):0} seconds"
        : span.TotalHours < 2 ? $"{Math.Ceiling(span.TotalMinutes):0} minutes"
        : $"{Math.Ceiling(span.TotalHours):0} hours";
}
