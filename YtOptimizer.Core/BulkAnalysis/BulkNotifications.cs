using System.Globalization;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Core.BulkAnalysis;

/// <summary>What the owner of a batch is told: one card when its last video is done. Its jobs give none of their own.</summary>
internal static class BulkNotifications
{
    public static NewNotification Finished(Guid id, Guid userId, string title, int completed, int failed, int cancelled) =>
        new()
        {
            UserId = userId,
            Title =
                cancelled > 0 ? "Bulk analysis cancelled"
                : completed == 0 ? "Bulk analysis failed"
                : "Bulk analysis completed",
            Message =
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"“{title}”: {completed} of {completed + failed + cancelled} videos are analysed"
                )
                + (
                    failed > 0
                        ? string.Create(CultureInfo.InvariantCulture, $", {failed} failed and were not counted against your plan.")
                        : "."
                ),
            Type = "processing",
            Severity =
                completed == 0 && failed > 0 ? "error"
                : failed + cancelled > 0 ? "warning"
                : "success",
            ActionUrl = "/dashboard/history",
            ActionButtonText = "View results",
            DedupKey = $"bulk:{id}",
            Replaces = true,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["bulkId"] = id.ToString(), ["fact"] = "bulk_finished" },
        };
}
