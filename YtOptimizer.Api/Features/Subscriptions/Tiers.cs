namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>The tiers in their order.</summary>
internal static class Tiers
{
    public const string Free = "free";
    public const string Pattern = "free|pro|premium|enterprise";
    public const string PaidPattern = "pro|premium|enterprise";

    private static readonly string[] Order = [Free, "pro", "premium", "enterprise"];

    /// <summary>Negative when <paramref name="tier"/> is below <paramref name="other"/>, 0 for the same.</summary>
    public static int Compare(string tier, string other) => Array.IndexOf(Order, tier) - Array.IndexOf(Order, other);
}
