using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Counts of everyone's events over a day, a week or a month.</summary>
internal static class GetAllSecurityStats
{
    public static async Task<Results<Ok<SecurityEventStats>, ProblemHttpResult>> Handle(
        Db db,
        TimeProvider clock,
        CancellationToken ct,
        string timeRange = "week"
    ) =>
        GetSecurityStats.RangeOf(timeRange) is { } range
            ? TypedResults.Ok(await SecurityEventStore.StatsAsync(db, null, range, clock.GetUtcNow(), ct))
            : GetSecurityStats.UnknownRange();
}
