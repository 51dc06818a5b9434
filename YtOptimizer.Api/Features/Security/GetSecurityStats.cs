using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Counts of the caller's own events over a day, a week or a month.</summary>
internal static class GetSecurityStats
{
    public static async Task<Results<Ok<SecurityEventStats>, ProblemHttpResult>> Handle(
        CurrentUser user,
        Db db,
        TimeProvider clock,
        CancellationToken ct,
        string timeRange = "week"
    ) =>
        RangeOf(timeRange) is { } range
            ? TypedResults.Ok(await SecurityEventStore.StatsAsync(db, user.Id, range, clock.GetUtcNow(), ct))
            : UnknownRange();

    internal static TimeSpan? RangeOf(string name) =>
        name switch
        {
            "day" => TimeSpan.FromDays(1),
            "week" => TimeSpan.FromDays(7),
            "month" => TimeSpan.FromDays(30),
            _ => null,
        };

    internal static ProblemHttpResult UnknownRange() =>
        Problems.BadRequest(
            "validation_failed",
            "timeRange must be day, week or month.",
            new Dictionary<string, string[]>(StringComparer.Ordinal) { ["timeRange"] = ["timeRange must be day, week or month."] }
        );
}
