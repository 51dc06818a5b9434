using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>The signed-in account with its plan, what of the period is used, and the features the plan has.</summary>
internal static class GetProfileSubscription
{
    public sealed record Subscription(
        string Tier,
        string Status,
        DateTime CurrentPeriodStart,
        DateTime CurrentPeriodEnd,
        bool CancelAtPeriodEnd,
        DateTime? TrialEnd
    );

    /// <param name="AnalysesUsed">In the current period.</param>
    /// <param name="AnalysesAllowed">-1 is unlimited.</param>
    /// <param name="UsagePercentage">0–100.</param>
    public sealed record Usage(int AnalysesUsed, int AnalysesAllowed, int UsagePercentage);

    public sealed record Features(
        int MaxAnalysesPerMonth,
        int MaxChannelsPerUser,
        bool AdvancedAnalytics,
        bool PrioritySupport,
        bool CustomBranding,
        bool ApiAccess,
        bool BulkOperations,
        int AiSuggestionsLimit,
        bool ExportFeatures,
        string[] Integrations
    );

    public sealed record Response(
        Guid Id,
        string Email,
        string Name,
        string Role,
        string[] Roles,
        string Picture,
        string Provider,
        DateTime CreatedAt,
        DateTime UpdatedAt,
        Subscription Subscription,
        Usage Usage,
        Features Features
    );

    // A subscription that is not in force counts as free, over the calendar month.
    private const string Sql = $$"""
        SELECT {{AccountStore.Columns}}, e.tier, e.status AS subscription_status, e.period_start, e.period_end, e.cancels, e.trial_end,
               l.video_analysis_limit, l.features::text AS features,
               (SELECT count(*)::int FROM audits a WHERE a.user_id = p.id AND a.created_at >= e.period_start) AS analyses
        FROM profiles p
        LEFT JOIN user_subscriptions s ON s.user_id = p.id AND s.status IN ('active', 'trialing', 'past_due')
            AND s.current_period_end > now()
        CROSS JOIN LATERAL (SELECT
            coalesce(s.tier::text, 'free') AS tier, coalesce(s.status::text, 'active') AS status,
            coalesce(s.current_period_start, date_trunc('month', now(), 'UTC')) AS period_start,
            coalesce(s.current_period_end, date_trunc('month', now(), 'UTC') + interval '1 month') AS period_end,
            coalesce(NOT s.auto_renew OR s.cancelled_at IS NOT NULL, false) AS cancels, s.trial_end) e
        JOIN subscription_limits l ON l.tier = e.tier
        WHERE p.id = @id
        """;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Refuses(401, "account_gone")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(CurrentUser user, Db db, CancellationToken ct)
    {
        if (await db.FirstOrDefaultAsync<Row>(Sql, new { id = user.Id }, ct) is not { } row)
        {
            return Problems.Unauthorized("account_gone", "This account no longer exists.");
        }

        var allowed = row.VideoAnalysisLimit;
        var percentage = allowed switch
        {
            < 0 => 0,
            0 => 100,
            _ => (int)Math.Min(100L, row.Analyses * 100L / allowed),
        };
        var view = UserView.Of(row);
        var features = JsonSerializer.Deserialize<Features>(row.Features, Web)!;
        return TypedResults.Ok(
            new Response(
                view.Id,
                view.Email,
                view.Name,
                view.Role,
                view.Roles,
                view.Picture,
                view.Provider,
                view.CreatedAt,
                view.UpdatedAt,
                new Subscription(row.Tier, row.SubscriptionStatus, row.PeriodStart, row.PeriodEnd, row.Cancels, row.TrialEnd),
                new Usage(row.Analyses, allowed, percentage),
                features with
                {
                    MaxAnalysesPerMonth = allowed,
                    Integrations = features.Integrations ?? [],
                }
            )
        );
    }

    private sealed class Row : Account
    {
        public string Tier { get; set; } = "";

        public string SubscriptionStatus { get; set; } = "";

        public DateTime PeriodStart { get; set; }

        public DateTime PeriodEnd { get; set; }

        public bool Cancels { get; set; }

        public DateTime? TrialEnd { get; set; }

        public int VideoAnalysisLimit { get; set; }

        public string Features { get; set; } = "{}";

        public int Analyses { get; set; }
    }
}
