using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Subscriptions;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Api.Features.Users;

/// <summary>Analyses beyond the plan: used when the plan's are, and kept over periods until they are used or expire.</summary>
internal static class GrantBonusCredits
{
    /// <param name="Credits">1 to 10000 analyses.</param>
    /// <param name="Reason">1 to 500 characters; goes into the audit trail.</param>
    /// <param name="ExpiresInDays">Null: without end.</param>
    public sealed record Request(
        [property: Range(1, 10_000)] int Credits,
        [property: PlainText(500, Shortest = 1)] string Reason,
        [property: Range(1, 3650)] int? ExpiresInDays = null
    );

    /// <param name="Id">Of the grant.</param>
    /// <param name="Message">For people.</param>
    /// <param name="BonusLeft">All grants' together.</param>
    /// <param name="AnalysesAllowed">In this period, with them; -1 is unlimited.</param>
    public sealed record Response(Guid Id, string Message, int BonusLeft, int AnalysesAllowed);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var grant = Guid.CreateVersion7();
        return await db.InTransactionAsync<Results<Created<Response>, ProblemHttpResult>>(
            async scope =>
            {
                if (!await SubscriptionStore.LockAsync(scope, id))
                {
                    return GetUser.NotFound();
                }

                var before = await QuotaLedger.ReadAsync(scope, id);
                await QuotaLedger.GrantAsync(scope, grant, id, request.Credits, request.Reason.Trim(), admin.Id, request.ExpiresInDays);
                var after = await QuotaLedger.ReadAsync(scope, id);
                await new AdminAction("grant_bonus_credits", "user", id.ToString(), $"Account {id} was given {request.Credits} analyses")
                {
                    Before = new Dictionary<string, object?>(StringComparer.Ordinal) { ["bonusLeft"] = before.BonusLeft },
                    After = new Dictionary<string, object?>(StringComparer.Ordinal) { ["bonusLeft"] = after.BonusLeft },
                    Reason = request.Reason,
                }.RecordAsync(scope, admin.ToActor(), context.Origin());
                return TypedResults.Created(
                    (string?)null,
                    new Response(grant, $"{request.Credits} analyses were given.", after.BonusLeft, after.Allowed)
                );
            },
            ct
        );
    }
}
