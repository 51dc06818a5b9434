using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Notifications;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>
/// Tells the user by notification why a step could not be done, for callers with lenient handling (see <see cref="PreferHandling"/>).
/// </summary>
internal sealed class WorkflowRefusals(Db db)
{
    /// <summary>A grey picture of YouTube's proportions.</summary>
    public const string NoPicture =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='480' height='270'%3E%3Crect width='480' height='270' "
        + "fill='%23999'/%3E%3C/svg%3E";

    /// <summary>Returns the reason in words that the app shows as they are.</summary>
    public async Task<string> ToldAsync(CurrentUser user, string code, string reason, CancellationToken ct)
    {
        var words = PlainWords.Of(reason)!;
        await NotificationWriter.AddAsync(db, NotificationCatalog.Refused(user.Id, code, words), ct);
        return words;
    }
}
