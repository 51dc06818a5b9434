using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.BulkAnalysis;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>Stops what of a bulk analysis waits or runs; what is done stays. Cancelling again, or too late, is no error.</summary>
internal static class CancelBulk
{
    /// <param name="Cancelled">Whether anything was stopped.</param>
    /// <param name="BulkId">Of the batch.</param>
    /// <param name="Videos">How many videos were stopped.</param>
    /// <param name="Message">For people.</param>
    public sealed record Response(bool Cancelled, Guid BulkId, int Videos, string Message);

    [Refuses(404, "bulk_not_found")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id,
        CurrentUser user,
        BulkCancellation cancellation,
        CancellationToken ct
    ) =>
        await cancellation.CancelAsync(id, user.Id, ct) is { } count
            ? TypedResults.Ok(
                new Response(
                    count > 0,
                    id,
                    count,
                    count > 0
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"{count} videos will not be analysed. They are not counted against your plan."
                        )
                        : "Nothing was left to cancel."
                )
            )
            : GetBulk.NotFound();
}
