using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>How many addresses were and are blocked, and who asked for most.</summary>
internal static class GetBlockStats
{
    /// <param name="TotalBlocked">Addresses that were ever blocked, as far as the ledger goes back.</param>
    /// <param name="CurrentlyBlocked">Addresses that are blocked now.</param>
    /// <param name="TopOffenders">The ten with most requests.</param>
    public sealed record Response(long TotalBlocked, long CurrentlyBlocked, IReadOnlyList<Offender> TopOffenders);

    public sealed record Offender(string Ip, int RequestCount, string Endpoint);

    private sealed record Counts(long Total, long Now);

    private const string CountSql =
        "SELECT count(DISTINCT ip_address) AS total, count(DISTINCT ip_address) FILTER (WHERE blocked_until > now()) AS now FROM "
        + "ip_rate_limits WHERE blocked_until IS NOT NULL";
    private const string TopSql =
        "SELECT abbrev(ip_address) AS ip, request_count, endpoint FROM ip_rate_limits ORDER BY request_count DESC, updated_at DESC, "
        + "ip_address, endpoint LIMIT 10";

    public static async Task<Ok<Response>> Handle(Db db, CancellationToken ct)
    {
        var counts = (await db.FirstOrDefaultAsync<Counts>(CountSql, null, ct))!;
        return TypedResults.Ok(new Response(counts.Total, counts.Now, await db.QueryAsync<Offender>(TopSql, null, ct)));
    }
}
