using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Api.Features.Users;

/// <summary>What an account used of this period's analyses and this month's tokens does not count any more. The ledgers keep it.</summary>
internal static class ResetLimits
{
    /// <param name="Reason">Goes into the audit trail.</param>
    public sealed record Request([property: PlainText(500)] string? Reason = null);

    /// <param name="Message">For people.</param>
    /// <param name="AnalysesUsed">After it.</param>
    /// <param name="AnalysesAllowed">The plan's and bonuses; -1 is unlimited.</param>
    /// <param name="ResetsAt">When the period ends, UTC.</param>
    public sealed record Response(string Message, int AnalysesUsed, int AnalysesAllowed, DateTime ResetsAt);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        AiUsageLedger tokens,
        CancellationToken ct
    ) =>
        await db.InTransactionAsync<Results<Ok<Response>, ProblemHttpResult>>(
            async scope =>
            {
                if (!await SubscriptionStore.LockAsync(scope, id))
                {
                    return GetUser.NotFound();
                }

                var before = await QuotaLedger.ReadAsync(scope, id);
                await SubscriptionStore.ResetUsageAsync(scope, id);
                await tokens.ResetUserAsync(scope, id);
                var after = await QuotaLedger.ReadAsync(scope, id);
                await new AdminAction("reset_limits", "user", id.ToString(), $"The limits of account {id} were reset")
                {
                    Before = new Dictionary<string, object?>(StringComparer.Ordinal) { ["analysesUsed"] = before.Used },
                    After = new Dictionary<string, object?>(StringComparer.Ordinal) { ["analysesUsed"] = after.Used },
                    Reason = request.Reason,
                }.RecordAsync(scope, admin.ToActor(), context.Origin());
                return TypedResults.Ok(new Response("Used analyses and tokens were reset.", after.Used, after.Allowed, after.PeriodEnd));
            },
            ct
        );
}
