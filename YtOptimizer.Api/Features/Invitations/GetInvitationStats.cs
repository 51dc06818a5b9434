using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

/// <summary>How many invitations there are in each state.</summary>
internal static class GetInvitationStats
{
    public sealed record Stats(int Total, int Active, int Expired, int FullyUsed, int TotalUses);

    public sealed record Response(bool Success, Stats Data);

    private const string Sql = """
        SELECT count(*)::int AS total,
               count(*) FILTER (WHERE current_uses < max_uses AND (expires_at IS NULL OR expires_at > now()))::int AS active,
               count(*) FILTER (WHERE current_uses < max_uses AND expires_at <= now())::int AS expired,
               count(*) FILTER (WHERE current_uses >= max_uses)::int AS fully_used,
               coalesce(sum(current_uses), 0)::int AS total_uses
        FROM invitations
        """;

    public static async Task<Ok<Response>> Handle(Db db, CancellationToken ct) =>
        TypedResults.Ok(new Response(true, (await db.FirstOrDefaultAsync<Stats>(Sql, null, ct))!));
}
