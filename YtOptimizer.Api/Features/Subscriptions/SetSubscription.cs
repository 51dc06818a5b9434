using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.Subscriptions;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>An administrator gives an account a tier, without payment; what is used of the period stays used.</summary>
internal static class SetSubscription
{
    /// <param name="Tier">free takes a given tier away.</param>
    /// <param name="Until">When it ends, UTC; null: when somebody changes it.</param>
    /// <param name="Reason">Goes into the audit trail.</param>
    public sealed record Request(
        [property: RegularExpression(Tiers.Pattern, ErrorMessage = "Use free, pro, premium or enterprise.")] string Tier,
        DateTimeOffset? Until = null,
        [property: PlainText(500)] string? Reason = null
    );

    [Refuses(404, "user_not_found")]
    [Refuses(409, "billed_by_stripe")]
    public static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        TimeProvider time,
        CancellationToken ct
    )
    {
        if (request.Until is { } end && (end <= time.GetUtcNow() || request.Tier == Tiers.Free))
        {
            const string Rule = "until must be in the future, and is for paid tiers.";
            return Problems.BadRequest(
                "validation_failed",
                Rule,
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["until"] = [Rule] }
            );
        }

        return await db.InTransactionAsync(scope => SetAsync(scope, id, request, admin, context, time), ct);
    }

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> SetAsync(
        DbScope scope,
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        TimeProvider time
    )
    {
        if (!await SubscriptionStore.LockAsync(scope, id) || await SubscriptionView.ReadAsync(scope, id) is not { } before)
        {
            return Problems.NotFound("user_not_found", "There is no account with this id. It may have been deleted; reload the list.");
        }

        if (!await SubscriptionStore.GrantAsync(scope, id, request.Tier, request.Until?.ToUniversalTime(), fresh: false))
        {
            return Problems.Conflict(
                "billed_by_stripe",
                "Stripe bills this subscription. Cancel or change it there; its events change it here."
            );
        }

        var after = (await SubscriptionView.ReadAsync(scope, id))!;
        await new AdminAction("set_subscription", "user", id.ToString(), $"The plan of account {id} was set to {request.Tier}")
        {
            Before = Facts(before),
            After = Facts(after),
            Reason = request.Reason,
        }.RecordAsync(scope, admin.ToActor(), context.Origin());
        if (before.Tier != after.Tier)
        {
            await NotificationWriter.AddAsync(
                scope,
                NotificationCatalog.SubscriptionChanged(id, before.Tier, after.Tier, time.GetUtcNow().UtcDateTime)
            );
        }

        return TypedResults.Ok(after.ToView());
    }

    private static Dictionary<string, object?> Facts(SubscriptionRow row) =>
        new(StringComparer.Ordinal)
        {
            ["tier"] = row.Tier,
            ["status"] = row.Status,
            ["currentPeriodEnd"] = row.BillingEnd,
            ["ends"] = row.Ends,
        };
}
