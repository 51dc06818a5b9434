using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Keeps the ledger readable: rows that nothing happened to for a week and that block nobody go.</summary>
internal static class CleanUpLedger
{
    public sealed record Response(string Message);

    private const string Sql =
        "DELETE FROM ip_rate_limits WHERE last_request < now() - interval '7 days' AND (blocked_until IS NULL OR blocked_until < now())";

    public static async Task<Created<Response>> Handle(Db db, CancellationToken ct)
    {
        var removed = await db.ExecuteAsync(Sql, null, ct);
        return TypedResults.Created((string?)null, new Response(string.Create(CultureInfo.InvariantCulture, $"{removed} rows removed.")));
    }
}
