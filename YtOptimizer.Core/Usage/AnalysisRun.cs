namespace YtOptimizer.Core.Usage;

/// <summary>Who runs the analysis: identifies ledger rows, logs and upstream calls.</summary>
/// <param name="UserId">Owner.</param>
/// <param name="JobId">The job, or null for a synchronous call.</param>
/// <param name="Attempt">1 for the first run of the job.</param>
/// <param name="CorrelationId">Follows the request through job, upstream call, log row and notification.</param>
public sealed record AnalysisRun(Guid UserId, Guid? JobId, int Attempt, string CorrelationId);
