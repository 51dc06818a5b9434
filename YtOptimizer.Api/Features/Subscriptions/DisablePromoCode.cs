using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Nobody can use the code any more; what it gave stays.</summary>
internal static class DisablePromoCode
{
    [Refuses(404, "promo_code_not_found")]
    public static async Task<Results<Ok<ListPromoCodes.Item>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var item = await db.InTransactionAsync(
            async scope =>
            {
                if (
                    await scope.ScalarAsync<bool?>("SELECT is_active FROM promo_codes WHERE id = @id FOR UPDATE", new { id }) is not { } was
                )
                {
                    return null;
                }

                if (was)
                {
                    await scope.ExecuteAsync("UPDATE promo_codes SET is_active = false WHERE id = @id", new { id });
                    await new AdminAction("disable_promo_code", "promo_code", id.ToString(), "A promo code was disabled")
                    {
                        Before = new Dictionary<string, object?>(StringComparer.Ordinal) { ["isActive"] = true },
                        After = new Dictionary<string, object?>(StringComparer.Ordinal) { ["isActive"] = false },
                    }.RecordAsync(scope, admin.ToActor(), context.Origin());
                }

                return await scope.FirstOrDefaultAsync<ListPromoCodes.Item>(
                    $"SELECT {ListPromoCodes.Columns} FROM promo_codes WHERE id = @id",
                    new { id }
                );
            },
            ct
        );
        return item is null ? Problems.NotFound("promo_code_not_found", "No promo code has this id.") : TypedResults.Ok(item);
    }
}
