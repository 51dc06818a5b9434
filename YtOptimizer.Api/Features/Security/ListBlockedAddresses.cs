using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Rows of the ledger that block somebody now, longest first.</summary>
internal static class ListBlockedAddresses
{
    public sealed record Response(IReadOnlyList<Item> Data, Paging Pagination);

    public sealed record Item(
        string IpAddress,
        string Endpoint,
        DateTimeOffset BlockedUntil,
        int RequestCount,
        DateTimeOffset LastRequest,
        string? UserAgent,
        string? Reason
    );

    public sealed record Paging(int Page, int Limit, long Total, int TotalPages);

    private sealed record Row(
        string IpAddress,
        string Endpoint,
        DateTime BlockedUntil,
        int RequestCount,
        DateTime LastRequest,
        string? UserAgent,
        string? Reason
    );

    private const string Sql = """
        SELECT abbrev(ip_address) AS ip_address, endpoint, least(blocked_until, timestamptz '9999-12-31Z') AS blocked_until, request_count,
            last_request, user_agent, reason
        FROM ip_rate_limits WHERE blocked_until > now() ORDER BY blocked_until DESC, id LIMIT @limit OFFSET @offset
        """;

    private const string CountSql = "SELECT count(*) FROM ip_rate_limits WHERE blocked_until > now()";

    public static async Task<Ok<Response>> Handle(
        Db db,
        CancellationToken ct,
        [Range(1, 100_000)] int page = 1,
        [Range(1, 100)] int limit = 20
    )
    {
        var rows = await db.QueryAsync<Row>(Sql, new { limit, offset = (page - 1L) * limit }, ct);
        var total = await db.ScalarAsync<long>(CountSql, null, ct);
        return TypedResults.Ok(
            new Response(
                [
                    .. rows.Select(r => new Item(
                        r.IpAddress,
                        r.Endpoint,
                        Utc(r.BlockedUntil),
                        r.RequestCount,
                        Utc(r.LastRequest),
                        r.UserAgent,
                        r.Reason
                    )),
                ],
                new Paging(page, limit, total, (int)((total + limit - 1) / limit))
            )
        );
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
