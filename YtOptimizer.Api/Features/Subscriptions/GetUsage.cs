using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>What the caller has used of the plan, as the queue counts it.</summary>
internal static class GetUsage
{
    /// <param name="AnalysesUsed">Finished, running and waiting ones of this period.</param>
    /// <param name="AnalysesAllowed">The plan's and bonuses; -1 is unlimited.</param>
    /// <param name="BonusLeft">Analyses beyond the plan that are left.</param>
    /// <param name="BillingPeriodStart">Start of the period in which limits count, UTC.</param>
    /// <param name="BillingPeriodEnd">When the next one begins, UTC.</param>
    /// <param name="UsagePercentage">0–100.</param>
    /// <param name="TokensUsed">Of language models, in this period.</param>
    /// <param name="TokensAllowed">-1 is unlimited.</param>
    public sealed record Monthly(
        int AnalysesUsed,
        int AnalysesAllowed,
        int BonusLeft,
        DateTime BillingPeriodStart,
        DateTime BillingPeriodEnd,
        int UsagePercentage,
        long TokensUsed,
        int TokensAllowed
    );

    /// <param name="Tier">free, pro, premium or enterprise.</param>
    /// <param name="MonthlyUsage">Of the period in which limits count.</param>
    /// <param name="Features">What the plan includes.</param>
    /// <param name="DaysUntilBilling">Until the billing period ends, rounded up.</param>
    /// <param name="ApproachingLimits">True from 80 % on.</param>
    /// <param name="Warnings">Sentences for people.</param>
    public sealed record Response(
        string Tier,
        Monthly MonthlyUsage,
        PlanFeatureList Features,
        int DaysUntilBilling,
        bool ApproachingLimits,
        IReadOnlyList<string> Warnings
    );

    private const string Sql = """
        SELECT p.tier, p.video_limit, p.token_limit, p.features::text AS features, p.period_start, p.period_end, p.billing_end, p.ends,
            u.used, u.bonus_left, u.allowed, ceil(extract(epoch FROM p.billing_end - now()) / 86400)::int AS days,
            (SELECT coalesce(sum(t.total_tokens), 0)::bigint FROM user_token_usage t
                WHERE t.user_id = @userId AND t.created_at >= p.period_start) AS tokens
        FROM plan_state(@userId, now()) p CROSS JOIN LATERAL quota_usage(@userId, p.period_start, p.video_limit, now()) u
        """;

    public static async Task<Ok<Response>> Handle(CurrentUser user, Db db, CancellationToken ct)
    {
        var row = (await db.FirstOrDefaultAsync<Row>(Sql, new { userId = user.Id }, ct))!;
        var percentage = row.Allowed switch
        {
            < 0 => 0,
            0 => 100,
            _ => (int)Math.Min(100L, row.Used * 100L / row.Allowed),
        };
        return TypedResults.Ok(
            new Response(
                row.Tier,
                new Monthly(row.Used, row.Allowed, row.BonusLeft, row.PeriodStart, row.PeriodEnd, percentage, row.Tokens, row.TokenLimit),
                PlanFeatureList.Of(row.Features, row.VideoLimit),
                Math.Max(0, row.Days),
                percentage >= 80,
                Warnings(row, percentage)
            )
        );
    }

    private static List<string> Warnings(Row row, int percentage)
    {
        var warnings = new List<string>();
        var next = string.Create(CultureInfo.InvariantCulture, $"The next period begins on {row.PeriodEnd:d MMMM yyyy}.");
        if (percentage >= 100)
        {
            warnings.Add($"All {row.Allowed} analyses of this period are used. {next}");
        }
        else if (percentage >= 80)
        {
            warnings.Add($"{row.Used} of {row.Allowed} analyses of this period are used. {next}");
        }

        if (row.Ends)
        {
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {row.Tier} plan ends on {row.BillingEnd:d MMMM yyyy}. After that the limits of the free tier apply."
                )
            );
        }

        return warnings;
    }

    private sealed record Row(
        string Tier,
        int VideoLimit,
        int TokenLimit,
        string Features,
        DateTime PeriodStart,
        DateTime PeriodEnd,
        DateTime BillingEnd,
        bool Ends,
        int Used,
        int BonusLeft,
        int Allowed,
        int Days,
        long Tokens
    );
}
