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
    /// <param name="AnalysesAllowed">The plan's and bonuses; -1 is unlimited.</param>
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

    // The plan and its limits as the queue counts them.
    private const string Sql = $$"""
        SELECT {{AccountStore.Columns}}, e.tier, e.status AS subscription_status, e.billing_start AS period_start,
               e.billing_end AS period_end, e.ends AS cancels, CASE WHEN e.status = 'trialing' THEN s.trial_end END AS trial_end,
               e.video_limit, u.used AS analyses, u.allowed, e.features::text AS features
        FROM profiles p
        LEFT JOIN user_subscriptions s ON s.user_id = p.id
        CROSS JOIN LATERAL plan_state(p.id, now()) e
        CROSS JOIN LATERAL quota_usage(p.id, e.period_start, e.video_limit, now()) u
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

        var allowed = row.Allowed;
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
                    MaxAnalysesPerMonth = row.VideoLimit,
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

        public int VideoLimit { get; set; }

        public int Allowed { get; set; }

        public string Features { get; set; } = "{}";

        public int Analyses { get; set; }
    }
}
