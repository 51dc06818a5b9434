using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Cancels a plan at the end of its period, or takes that back.</summary>
internal sealed class SubscriptionRenewal(Db db, StripeChange stripe)
{
    public async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> SetAsync(
        CurrentUser user,
        bool renews,
        HttpContext context,
        CancellationToken ct
    )
    {
        if (await SubscriptionView.ReadAsync(db, user.Id, ct) is not { } current)
        {
            return SubscriptionProblems.NoRow();
        }

        if (!renews && current.Ends)
        {
            return TypedResults.Ok(current.ToView());
        }

        if (current.ByStripe)
        {
            return await stripe.SetRenewalAsync(user, current, renews, context, ct);
        }

        var row = await db.InTransactionAsync(
            async scope =>
            {
                if (
                    !await SubscriptionStore.LockAsync(scope, user.Id)
                    // What was given until a day cannot be made to go on.
                    || (renews && await IsGrantUntilAsync(scope, user.Id))
                    || !await SubscriptionStore.SetRenewalAsync(scope, user.Id, renews)
                )
                {
                    return null;
                }

                await UserLogs.WriteAsync(
                    scope,
                    user.Id,
                    "subscription_change",
                    renews ? "The plan renews again" : "The plan was cancelled at the end of its period",
                    context.Origin(),
                    sessionId: user.SessionId
                );
                return await SubscriptionView.ReadAsync(scope, user.Id);
            },
            ct
        );
        return row is null ? SubscriptionProblems.NothingToCancel() : TypedResults.Ok(row.ToView());
    }

    private static Task<bool> IsGrantUntilAsync(DbScope scope, Guid userId) =>
        scope.ScalarAsync<bool>(
            "SELECT NOT auto_renew AND cancelled_at IS NULL FROM user_subscriptions WHERE user_id = @userId",
            new { userId }
        );
}
