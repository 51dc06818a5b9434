using System.Threading.RateLimiting;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>
/// The framework's limiter over <see cref="RateCounter"/>: every request spends its route's budget, and specific routes the default one
/// too. A signed-in caller is counted by account, so that an office behind one address shares nothing; everybody else, and all of sign-in,
/// by address.
/// </summary>
internal sealed class FleetLimiter(RateBudgets budgets, RateCounter counter) : PartitionedRateLimiter<HttpContext>
{
    private static readonly RateLimitLease Free = new Lease(true);

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    // The framework asks synchronously first; what counts over the network answers only asynchronously.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        budgets.For(resource) is null ? Free : new Lease(false);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource,
        int permitCount,
        CancellationToken cancellationToken
    )
    {
        if (budgets.For(resource) is not { } budget)
        {
            return Free;
        }

        var caller = CallerOf(resource, budget);
        if (budget.Afterwards)
        {
            if (counter.Exhausted(budget, caller) is { } refusal)
            {
                resource.Features.Set(new SpentBudget(budget, caller, refusal));
                return new Lease(false);
            }

            (budget, caller) = (budgets[RateBudgets.Default], CallerOf(resource, budgets[RateBudgets.Default]));
        }

        var decision = await counter.TakeAsync(budget, caller, cancellationToken);
        var spent = new SpentBudget(budget, caller, decision);
        if (decision.Allowed && budget.Name is not (RateBudgets.Default or RateBudgets.Reports))
        {
            var common = budgets[RateBudgets.Default];
            var commonCaller = CallerOf(resource, common);
            var second = await counter.TakeAsync(common, commonCaller, cancellationToken);
            if (!second.Allowed)
            {
                spent = new SpentBudget(common, commonCaller, second);
            }
        }

        resource.Features.Set(spent);
        return new Lease(spent.Decision.Allowed);
    }

    /// <summary>After the request: counts a failure against a budget that is charged afterwards.</summary>
    internal static Task SettleAsync(HttpContext context, RateBudgets budgets, RateCounter counter) =>
        context.Response.StatusCode is >= 400 and < 500 && budgets.For(context) is { Afterwards: true } budget
            ? counter.ChargeAsync(budget, CallerOf(context, budget), CancellationToken.None)
            : Task.CompletedTask;

    private static string CallerOf(HttpContext context, RateBudget budget) =>
        !budget.Durable && CurrentUser.From(context.User) is { } user ? "u:" + user.Id.ToString("N")
        : budget.Name is "auth/change-password" && CurrentUser.From(context.User) is { } self ? "u:" + self.Id.ToString("N")
        : "a:" + ClientAddress.Key(context);

    private sealed class Lease(bool acquired) : RateLimitLease
    {
        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}

/// <summary>What a request spent, for headers, refusal and giving back.</summary>
internal sealed record SpentBudget(RateBudget Budget, string Caller, RateDecision Decision)
{
    public int Remaining => Math.Max(0, Budget.Limit - Decision.Used);

    /// <summary>Whole seconds, rounded up: whoever waits them succeeds.</summary>
    public int ResetSeconds => (int)Math.Ceiling(Math.Max(Decision.ResetAfter.TotalSeconds, Decision.Allowed ? 0 : 1));
}
