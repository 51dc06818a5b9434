using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>The one trial of an account: the pro tier for some days, after which it is free again by itself.</summary>
internal static class StartTrial
{
    [Refuses(409, "trials_off", "trial_unavailable")]
    public static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        CurrentUser user,
        HttpContext context,
        IOptions<SubscriptionOptions> options,
        Db db,
        CancellationToken ct
    )
    {
        if (options.Value.TrialDays == 0)
        {
            return Problems.Conflict("trials_off", "This server offers no trials.");
        }

        var row = await db.InTransactionAsync(
            async scope =>
            {
                if (
                    !await SubscriptionStore.LockAsync(scope, user.Id)
                    || !await SubscriptionStore.StartTrialAsync(scope, user.Id, SubscriptionOptions.TrialTier, options.Value.TrialDays)
                )
                {
                    return null;
                }

                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "subscription_change",
                    "A trial began",
                    context.Origin(),
                    sessionId: user.SessionId
                );
                return await SubscriptionView.ReadAsync(scope, user.Id);
            },
            ct
        );
        return row is null
            ? Problems.Conflict("trial_unavailable", "A trial is for accounts on the free tier that had none before.")
            : TypedResults.Ok(row.ToView());
    }
}
