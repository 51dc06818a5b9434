using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Whether bulk analysis is part of the caller's plan, and of which it is.</summary>
internal sealed class BulkPlan(Db db)
{
    private const string Sql = """
        SELECT p.tier, COALESCE((p.features ->> 'bulk_analysis')::boolean, false) AS is_included,
            COALESCE((SELECT string_agg(l.tier::text, ', ' ORDER BY array_position(
                ARRAY['free', 'pro', 'premium', 'enterprise'], l.tier::text)) FROM subscription_limits l
                WHERE COALESCE((l.features ->> 'bulk_analysis')::boolean, false)), '') AS tiers
        FROM plan_state(@userId, now()) p
        """;

    /// <summary>Null when it is included.</summary>
    public async Task<ProblemHttpResult?> RefusalAsync(Guid userId, CancellationToken ct)
    {
        var plan = await db.FirstOrDefaultAsync<Plan>(Sql, new { userId }, ct);
        return plan switch
        {
            { IsIncluded: true } => null,
            { Tiers.Length: > 0 } => Refusal(
                $"Your plan ({plan.Tier}) has no bulk analysis; these have: {plan.Tiers}. Change the plan, or "
                    + "submit the videos one by one with POST /api/v1/analyze/video."
            ),
            _ => Refusal("No plan of this server has bulk analysis. Submit the videos one by one with POST /api/v1/analyze/video."),
        };
    }

    private static ProblemHttpResult Refusal(string detail) => Problems.Forbidden("bulk_not_in_plan", detail);

    private sealed record Plan(string Tier, bool IsIncluded, string Tiers);
}
