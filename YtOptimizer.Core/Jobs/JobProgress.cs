namespace YtOptimizer.Core.Jobs;

/// <summary>Progress as clients see it: stage names and percentages of the product contract, never going backwards.</summary>
public sealed record JobProgress(int Percent, string Stage);
