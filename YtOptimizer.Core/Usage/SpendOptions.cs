using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Usage;

/// <summary>Section <c>Spend</c>: hard limits in tokens, prompt and completion together; 0 means no limit. Unknown calls count with their
/// upper bound.</summary>
public sealed class SpendOptions
{
    public const string Section = "Spend";

    /// <summary>One analysis, all attempts and the repair. <c>AI_RUN_TOKEN_CAP</c>.</summary>
    [Range(0, int.MaxValue)]
    public int RunTokens { get; set; } = 30_000;

    /// <summary>One account in one calendar month (UTC), beside the tier's own <c>token_limit</c>.
    /// <c>AI_USER_MONTH_TOKEN_CAP</c>.</summary>
    [Range(0, long.MaxValue)]
    public long UserMonthTokens { get; set; } = 2_000_000;

    /// <summary>Everybody in one day (UTC). <c>AI_GLOBAL_DAY_TOKEN_CAP</c>.</summary>
    [Range(0, long.MaxValue)]
    public long GlobalDayTokens { get; set; } = 20_000_000;
}
