using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>The tiers with their limits, as a price page shows them.</summary>
internal static class ListPlans
{
    /// <param name="Tier">free, pro, premium or enterprise.</param>
    /// <param name="AnalysesPerMonth">-1 is unlimited, here and below.</param>
    /// <param name="TokensPerMonth">Of language models.</param>
    /// <param name="ApiCallsPerMonth">Requests to this API.</param>
    /// <param name="Features">What the plan includes.</param>
    /// <param name="Monthly">True when it can be bought by the month.</param>
    /// <param name="Yearly">True when it can be bought by the year.</param>
    public sealed record Plan(
        string Tier,
        int AnalysesPerMonth,
        int TokensPerMonth,
        int ApiCallsPerMonth,
        PlanFeatureList Features,
        bool Monthly,
        bool Yearly
    );

    /// <param name="Plans">In their order.</param>
    /// <param name="PaymentsEnabled">False: administrators set tiers, nothing can be bought.</param>
    /// <param name="TrialDays">Length of the one trial that every account may have; 0 for none.</param>
    public sealed record Response(IReadOnlyList<Plan> Plans, bool PaymentsEnabled, int TrialDays);

    private const string Sql = """
        SELECT tier, video_analysis_limit AS videos, token_limit AS tokens, api_calls_limit AS calls, features::text AS features
        FROM subscription_limits ORDER BY array_position(ARRAY['free', 'pro', 'premium', 'enterprise'], tier), tier
        """;

    public static async Task<Ok<Response>> Handle(
        Db db,
        IOptions<StripeOptions> stripe,
        IOptions<SubscriptionOptions> options,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync<Row>(Sql, null, ct);
        return TypedResults.Ok(
            new Response(
                [
                    .. rows.Select(row => new Plan(
                        row.Tier,
                        row.Videos,
                        row.Tokens,
                        row.Calls,
                        PlanFeatureList.Of(row.Features, row.Videos),
                        stripe.Value.PriceOf(row.Tier, "monthly") is not null,
                        stripe.Value.PriceOf(row.Tier, "yearly") is not null
                    )),
                ],
                stripe.Value.IsConfigured,
                options.Value.TrialDays
            )
        );
    }

    private sealed record Row(string Tier, int Videos, int Tokens, int Calls, string Features);
}
