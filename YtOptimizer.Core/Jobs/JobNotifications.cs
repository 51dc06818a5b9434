using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.Jobs;

/// <summary>
/// What the owner of a job is told: one notification per job, which changes from started to how it ended. Each is written in the
/// transaction that makes it true, under the lock of the job's row, so that they cannot overtake each other.
/// </summary>
public static class JobNotifications
{
    private const string HistoryRoute = "/dashboard/history";
    private const string DashboardRoute = "/dashboard";

    public static NewNotification Started(Guid jobId, Guid userId, string? title) =>
        Create(jobId, userId, "started", "info", "Analysis started", $"{Name(title)} is being analysed.");

    public static NewNotification Completed(Guid jobId, Guid userId, string? title, Guid auditId) =>
        Create(
            jobId,
            userId,
            "completed",
            "success",
            "Analysis completed",
            $"{Name(title)} is analysed: see the suggestions in your history."
        ) with
        {
            ActionUrl = HistoryRoute,
            ActionButtonText = "View results",
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["jobId"] = jobId.ToString(),
                ["auditId"] = auditId.ToString(),
            },
        };

    public static NewNotification Failed(Guid jobId, Guid userId, string code, string message) =>
        Create(jobId, userId, "failed", "error", "Analysis failed", message) with
        {
            ActionUrl = DashboardRoute,
            ActionButtonText = "Open dashboard",
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["jobId"] = jobId.ToString(), ["errorCode"] = code },
        };

    public static NewNotification Cancelled(Guid jobId, Guid userId, string? title) =>
        Create(
            jobId,
            userId,
            "cancelled",
            "warning",
            "Analysis cancelled",
            $"{Name(title)} is no longer analysed. Nothing was counted against your plan."
        );

    public static NewNotification Restarted(Guid jobId, Guid userId, string? title) =>
        Create(jobId, userId, "restarted", "info", "Analysis restarted", $"{Name(title)} is queued again.");

    private static string Name(string? title) => string.IsNullOrWhiteSpace(title) ? "Your video" : $"“{title}”";

    private static NewNotification Create(Guid jobId, Guid userId, string fact, string severity, string title, string message) =>
        new()
        {
            UserId = userId,
            JobId = jobId,
            Title = title,
            Message = message,
            Type = "processing",
            Severity = severity,
            DedupKey = $"job:{jobId}",
            Replaces = true,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["jobId"] = jobId.ToString(), ["fact"] = fact },
        };
}
