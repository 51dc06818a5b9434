using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>What a user's plan includes, from <c>subscription_limits.features</c>.</summary>
public sealed class PlanFeatures(Db db)
{
    // The same tier that limits count by: without a running subscription it is free.
    private const string Sql = "SELECT COALESCE((p.features->>'ai_suggestions')::boolean, true) FROM plan_state(@userId, now()) p";

    /// <summary>Whether suggestions of a language model are part of the plan.</summary>
    public async Task<bool> HasAiSuggestionsAsync(Guid userId, CancellationToken ct) =>
        await db.ScalarAsync<bool?>(Sql, new { userId }, ct) ?? true;
}
