using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

internal static class GetSubscription
{
    [Refuses(404, "subscription_not_found")]
    public static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        await SubscriptionView.ReadAsync(db, user.Id, ct) is { } row ? TypedResults.Ok(row.ToView()) : SubscriptionProblems.NoRow();
}
