using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Keeps the ledger readable: rows that nothing happened to for a week and that block nobody go.</summary>
internal static class CleanUpLedger
{
    public sealed record Response(string Message);

    public static async Task<Created<Response>> Handle(Db db, CancellationToken ct)
    {
        var removed = await db.ExecuteAsync(RateLimitLedger.CleanUpSql, null, ct);
        return TypedResults.Created((string?)null, new Response(string.Create(CultureInfo.InvariantCulture, $"{removed} rows removed.")));
    }
}
